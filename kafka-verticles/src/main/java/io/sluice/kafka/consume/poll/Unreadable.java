package io.sluice.kafka.consume.poll;

/**
 * A record that cannot be read, though a broker gives it: its batch is damaged, or what unpacks it is missing.
 *
 * @param offset of the record
 * @param reason as Kafka's client has it
 */
public record Unreadable(long offset, String reason) {}
