package io.sluice.bench.floor;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.producer.KafkaProducer;
import io.vertx.kafka.client.producer.KafkaProducerRecord;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The same over vertx-kafka-client: what its hand-over to a worker thread costs. */
record VertxClientSink(String topic, KafkaProducer<byte[], byte[]> producer) implements RecordSink {

    static RecordSink connect(Vertx vertx, String topic, Map<String, String> settings) {
        KafkaProducer<byte[], byte[]> producer =
                KafkaProducer.create(vertx, settings, new ByteArraySerializer(), new ByteArraySerializer());
        return new VertxClientSink(topic, producer);
    }

    @Override
    public Future<Void> send(byte[] key, byte[] value) {
        return producer.send(KafkaProducerRecord.create(topic, key, value)).mapEmpty();
    }
}
