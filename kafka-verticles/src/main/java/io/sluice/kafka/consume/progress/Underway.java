package io.sluice.kafka.consume.progress;

/**
 * A delivery under way.
 *
 * @param dispatch tells it from other deliveries of the record
 * @param since milliseconds since the epoch
 */
public record Underway(long offset, int dispatch, long since) {}
