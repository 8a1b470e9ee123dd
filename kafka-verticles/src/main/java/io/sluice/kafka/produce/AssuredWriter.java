package io.sluice.kafka.produce;

import io.sluice.core.binding.KafkaBinding;
import io.sluice.kafka.client.KafkaClients;
import io.sluice.kafka.client.KafkaFailures;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes records of the gateway's own, few and precious: acknowledged by all in-sync replicas, whatever the binding says
 * of its calls. Safe for use from any thread.
 */
public final class AssuredWriter {
    private static final int MOST_ATTEMPTS = 5;
    /** Beside the time that a producer has: one that reports nothing then has lost its network thread. */
    private static final long SLACK_MS = 10_000;

    private final WorkerExecutor worker;
    private final SharedProducer producer;
    private final TopicQuestions questions;
    private final int largest;
    private final long mostMillis;

    /** Opens nothing before the first record. */
    public AssuredWriter(Vertx vertx, KafkaClients clients, KafkaBinding binding) {
        // On a thread of its own: asking for a topic takes seconds when it is not there, and others must not wait.
        this.worker = vertx.createSharedWorkerExecutor("sluice-dead-letters-" + binding.name(), 1);
        Map<String, Object> properties = ProducerProperties.assured(binding);
        this.questions = new TopicQuestions(worker);
        this.mostMillis = ProducerProperties.deliveryMillis(properties) + SLACK_MS;
        this.largest = ProducerProperties.largest(binding.producer());
        this.producer = SharedProducer.of(vertx, new ProducerOpener(clients, binding), properties);
    }

    /** How many bytes the record is for Kafka, at most. */
    public static int bytes(ProducerRecord<byte[], byte[]> record) {
        return RecordSize.of(record);
    }

    /** Whether the record is not too large for this writer, whatever its topic says. */
    public boolean takes(ProducerRecord<byte[], byte[]> record) {
        return bytes(record) <= largest;
    }

    /** Succeeds when the record is in Kafka for good. Completes on any thread. */
    public Future<Void> write(ProducerRecord<byte[], byte[]> record) {
        return write(record, 1);
    }

    private Future<Void> write(ProducerRecord<byte[], byte[]> record, int attempt) {
        return producer.open().compose(opened -> tell(opened, record).recover(error -> {
            // Neither has stored the record, and the next attempt meets what this one did not: others, another
            // producer.
            boolean again = KafkaFailures.isOfOthersInBatch(error) || producer.replaceByPlain(opened, error);
            return again && attempt < MOST_ATTEMPTS ? write(record, attempt + 1) : Future.failedFuture(error);
        }));
    }

    private Future<Void> tell(Producer<byte[], byte[]> opened, ProducerRecord<byte[], byte[]> record) {
        return questions
                .ask(opened, record.topic())
                .compose(v -> send(opened, record))
                .onSuccess(v -> producer.works(opened))
                .onFailure(error -> {
                    if (KafkaFailures.isFatal(error)) {
                        producer.replace(opened, error);
                    }
                });
    }

    private Future<Void> send(Producer<byte[], byte[]> opened, ProducerRecord<byte[], byte[]> record) {
        Promise<Void> written = Promise.promise();
        // Off the event loop: this producer waits until there is room for the record.
        worker.executeBlocking(
                        () -> opened.send(record, (metadata, error) -> {
                            if (error == null) {
                                written.tryComplete();
                            } else {
                                written.tryFail(error);
                            }
                        }),
                        false)
                .onFailure(written::tryFail);
        return written.future().timeout(mostMillis, TimeUnit.MILLISECONDS);
    }

    public Future<Void> close() {
        return producer.close().eventually(worker::close);
    }
}
