package io.sluice.bench.floor;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Kafka's own producer with Kafka's defaults (acks=all, idempotent), called on the event loop. */
record KafkaClientSink(String topic, Producer<byte[], byte[]> producer) implements RecordSink {

    /** Connects and fetches the topic's metadata, blocking, so that no {@code send} has to. */
    static RecordSink connect(String topic, Map<String, String> settings) {
        var producer =
                new KafkaProducer<>(new HashMap<>(settings), new ByteArraySerializer(), new ByteArraySerializer());
        producer.partitionsFor(topic);
        return new KafkaClientSink(topic, producer);
    }

    @Override
    public Future<Void> send(byte[] key, byte[] value) {
        Context context = Vertx.currentContext();
        Promise<Void> acknowledged = Promise.promise();
        var unused = producer.send(
                new ProducerRecord<>(topic, key, value),
                (metadata, failure) -> context.runOnContext(ignored -> complete(acknowledged, failure)));
        return acknowledged.future();
    }

    private static void complete(Promise<Void> acknowledged, @Nullable Throwable failure) {
        if (failure == null) {
            acknowledged.complete();
        } else {
            acknowledged.fail(failure);
        }
    }
}
