package io.sluice.it.input;

import static io.sluice.it.input.Stage.eventually;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import io.vertx.core.json.JsonObject;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A batch whose bytes have changed on the broker's disk. */
@WithKafka
class DamagedLogIT {

    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer"})
    void aDamagedBatchStopsItsPartitionAloneUntilItIsSkipped(String protocol, TestKafka kafka) throws Exception {
        String topic = kafka.newTopic(2, Map.of());
        try (Stage stage = new Stage(kafka)) {
            stage.send(topic, "before");
            sendInOneBatch(kafka, topic, "poison-1", "poison-2", "poison-3");
            stage.send(topic, "after");
            damage(kafka, topic, "poison-2");
            Component binding = Component.input(kafka, "in", topic).with("groupProtocol", protocol);
            TestGateway gateway = stage.gateway(binding);
            eventually().until(() -> pausedBecause(gateway).contains("offset 1 cannot be read"));
            stage.send(topic, 1, null, "other");
            eventually().until(() -> stage.app().takenTexts().equals(List.of("before", "other")));
            JsonObject health = Stage.health(gateway, "input:in");
            assertThat(health.getBoolean("ready")).isFalse();
            assertThat(health.getString("detail")).contains("/failures/" + topic + "/0/1/skip");

            assertThat(skip(gateway, topic, 4)).isEqualTo(404);
            assertThat(skip(gateway, topic, 1)).isEqualTo(204);

            eventually().until(() -> stage.app().takenTexts().equals(List.of("before", "other", "after")));
            eventually().until(() -> Groups.offset(kafka, binding.field("consumerGroup"), topic) == 5);
            assertThat(Stage.health(gateway, "input:in").getBoolean("ready")).isTrue();
            assertThat(pausedBecause(gateway)).isEmpty();
        }
    }

    private static int skip(TestGateway gateway, String topic, long offset) {
        String path = "/v1.0-sluice/bindings/in/failures/" + topic + "/0/" + offset + "/skip";
        return gateway.send("POST", path, new byte[0]).statusCode();
    }

    private static String pausedBecause(TestGateway gateway) {
        return Stage.partitions(gateway, "in").getJsonArray("partitions").stream()
                .map(JsonObject.class::cast)
                .filter(partition -> partition.getInteger("partition") == 0)
                .map(partition -> partition.getString("pausedBecause"))
                .findFirst()
                .orElse("");
    }

    private static void sendInOneBatch(TestKafka kafka, String topic, String... values) {
        var bytes = new ByteArraySerializer();
        Map<String, Object> config = Map.of("bootstrap.servers", kafka.bootstrapServers(), "linger.ms", 10_000);
        try (var producer = new KafkaProducer<>(config, bytes, bytes)) {
            for (String value : values) {
                var unused = producer.send(new ProducerRecord<>(topic, 0, null, value.getBytes(UTF_8)));
            }
        }
    }

    /** Changes one letter of a value on the disk; skips the test where that is not ours. */
    private static void damage(TestKafka kafka, String topic, String value) throws Exception {
        Path segment = folder(kafka, new TopicPartition(topic, 0)).resolve("00000000000000000000.log");
        Assumptions.assumeTrue(Files.exists(segment), "the broker runs in a container");
        int at = new String(Files.readAllBytes(segment), ISO_8859_1).indexOf(value);
        try (var file = new RandomAccessFile(segment.toFile(), "rw")) {
            file.seek(at);
            file.write('P');
        }
    }

    private static Path folder(TestKafka kafka, TopicPartition partition) throws Exception {
        int broker =
                kafka.admin().describeCluster().nodes().get().iterator().next().id();
        return kafka.admin().describeLogDirs(List.of(broker)).allDescriptions().get().get(broker).entrySet().stream()
                .filter(dir -> dir.getValue().replicaInfos().containsKey(partition))
                .map(dir -> Path.of(dir.getKey(), partition.toString()))
                .findFirst()
                .orElseThrow();
    }
}
