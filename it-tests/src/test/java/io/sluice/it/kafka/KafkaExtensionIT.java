package io.sluice.it.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

@WithKafka
class KafkaExtensionIT {
    private static final byte[] EVERY_BYTE = everyByte();

    @Test
    void aRecordIsReadBackByteForByte(TestKafka kafka) throws Exception {
        String topic = kafka.newTopic(2, Map.of());
        ProducerRecord<byte[], byte[]> sent = new ProducerRecord<>(topic, 1, "key".getBytes(UTF_8), EVERY_BYTE);
        sent.headers().add("header", new byte[] {0, -1});

        send(kafka, sent);

        List<ConsumerRecord<byte[], byte[]>> records = kafka.readAll(topic);
        assertThat(records).hasSize(1);
        assertThat(records.get(0).partition()).isEqualTo(1);
        assertThat(records.get(0).key()).isEqualTo("key".getBytes(UTF_8));
        assertThat(records.get(0).value()).isEqualTo(EVERY_BYTE);
        assertThat(records.get(0).headers().lastHeader("header").value()).isEqualTo(new byte[] {0, -1});
    }

    @Test
    void aTombstoneIsReadBackAsNull(TestKafka kafka) throws Exception {
        String topic = kafka.newTopic();

        send(kafka, new ProducerRecord<>(topic, "key".getBytes(UTF_8), null));

        assertThat(kafka.readAll(topic)).hasSize(1);
        assertThat(kafka.readAll(topic).get(0).value()).isNull();
    }

    @Test
    void aNewTopicIsEmptyAndSharedWithNoOtherTest(TestKafka kafka) {
        String topic = kafka.newTopic();

        assertThat(kafka.readAll(topic)).isEmpty();
        assertThat(kafka.newTopic()).isNotEqualTo(topic);
    }

    @Test
    void everyParameterIsTheSameKafka(TestKafka one, TestKafka other) {
        assertThat(one).isSameAs(other);
    }

    @Test
    void anUnknownChoiceOfKafkaIsAnError() {
        assertThatThrownBy(() -> KafkaServer.start("zookeeper"))
                .hasMessageContaining("zookeeper")
                .hasMessageContaining("testcontainers");
    }

    private static void send(TestKafka kafka, ProducerRecord<byte[], byte[]> record) throws Exception {
        ByteArraySerializer bytes = new ByteArraySerializer();
        Map<String, Object> config = Map.of("bootstrap.servers", kafka.bootstrapServers());
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(config, bytes, bytes)) {
            producer.send(record).get(30, TimeUnit.SECONDS);
        }
    }

    private static byte[] everyByte() {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }
}
