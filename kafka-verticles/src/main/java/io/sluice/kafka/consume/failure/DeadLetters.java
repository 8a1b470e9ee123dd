package io.sluice.kafka.consume.failure;

import io.sluice.core.binding.KafkaBinding;
import io.sluice.core.message.Delivery;
import io.sluice.kafka.client.KafkaClients;
import io.sluice.kafka.produce.AssuredWriter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;

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

    /**
     * Succeeds when all in-sync replicas have the record, with as much of its story as the topic has room for. Completes on any
     * thread; fails with {@link RecordTooLargeException} when there is no room even without.
     */
    public Future<Void> write(Delivery delivery, FailedRecord failed) {
        return write(delivery, failed, LetterForm.WHOLE);
    }

    private Future<Void> write(Delivery delivery, FailedRecord failed, LetterForm form) {
        ProducerRecord<byte[], byte[]> letter = DeadLetter.of(binding, delivery, failed, topic, form);
        return writer.write(letter).recover(error -> {
            if (!(error instanceof RecordTooLargeException)) {
                return Future.failedFuture(error);
            }
            return form.smaller(failed.reason())
                    .map(smaller -> write(delivery, failed, smaller))
                    .orElseGet(() -> Future.failedFuture(tooLarge(letter)));
        });
    }

    private RecordTooLargeException tooLarge(ProducerRecord<byte[], byte[]> bare) {
        String limit = writer.takes(bare)
                ? "max.message.bytes of the topic " + topic + ", or message.max.bytes of its brokers"
                : "maxMessageBytes of the component";
        return new RecordTooLargeException("topic " + topic + " takes no record of " + AssuredWriter.bytes(bare)
                + " bytes, which is this one without any header that would be added; raise " + limit);
    }

    /** What {@code letter}, read from the dead-letter topic, was before. */
    public static Delivery original(Delivery letter) {
        return DeadLetter.original(letter);
    }

    public Future<Void> close() {
        return writer.close();
    }
}
