package io.sluice.kafka.consume.failure;

import io.sluice.core.binding.KafkaBinding;
import io.sluice.core.message.Delivery;
import io.sluice.kafka.client.KafkaClients;
import io.sluice.kafka.produce.AssuredWriter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes the records of a binding that nobody took to its dead-letter topic. Safe for use from any thread. */
public final class DeadLetters {
    private final String binding;
    private final String topic;
    private final AssuredWriter writer;

    /** Opens nothing before the first record. */
    public DeadLetters(Vertx vertx, KafkaClients clients, KafkaBinding binding) {
        this.binding = binding.name();
        this.topic = binding.delivery().deadLetterTopic() == null
                ? ""
                : binding.delivery().deadLetterTopic();
        this.writer = new AssuredWriter(vertx, clients, binding);
    }

    /** Succeeds when all in-sync replicas have the record. Completes on any thread. */
    public Future<Void> write(Delivery delivery, FailedRecord failed) {
        ProducerRecord<byte[], byte[]> letter = DeadLetter.of(binding, delivery, failed, topic);
        return writer.write(letter);
    }

    /** What {@code letter}, read from the dead-letter topic, was before. */
    public static Delivery original(Delivery letter) {
        return DeadLetter.original(letter);
    }

    public Future<Void> close() {
        return writer.close();
    }
}
