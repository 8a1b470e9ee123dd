package io.sluice.it.input;

import static io.sluice.it.input.Stage.eventually;
import static io.sluice.it.input.Stage.forAWhile;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import io.sluice.it.input.TestApp.Call;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records that the app refuses go to another topic, or nowhere at all. */
@WithKafka
class DeadLetterIT {
    private Stage stage;
    private String topic;

    @BeforeEach
    void open(TestKafka kafka) {
        stage = new Stage(kafka);
        topic = kafka.newTopic();
        stage.app().answer(call -> call.text().startsWith("poison") ? 422 : 200);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void aDeadLetterIsTheRecordWithWhereItWasAndWhyItWasRefused() throws Exception {
        String letters = stage.kafka().newTopic();
        TestGateway gateway = stage.gateway(input("dlq", letters)
                .with("consumeRetryEnabled", "true")
                .with("backOffDuration", "10ms")
                .with("backOffMaxRetries", "1"));
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topic, 0, 1_700_000_000_123L, "key".getBytes(UTF_8), "poison \u00e9".getBytes(UTF_8));
        record.headers().add("a", new byte[] {0, -1}).add("a", "again".getBytes(UTF_8));
        stage.send(topic, "first");

        stage.send(record);
        stage.send(topic, "last");

        eventually().until(() -> stage.app().takenTexts().equals(List.of("first", "last")));
        ConsumerRecord<byte[], byte[]> letter = stage.kafka().readAll(letters).get(0);
        assertThat(letter.key()).isEqualTo(record.key());
        assertThat(letter.value()).isEqualTo(record.value());
        assertThat(letter.headers().headers("a"))
                .extracting(Header::value)
                .containsExactly(new byte[] {0, -1}, "again".getBytes(UTF_8));
        Map<String, String> told = told(letter);
        assertThat(told.remove("sluice.dlq.reason")).contains("422");
        assertThat(told)
                .isEqualTo(Map.of(
                        "sluice.dlq.binding", "dlq",
                        "sluice.dlq.topic", topic,
                        "sluice.dlq.partition", "0",
                        "sluice.dlq.offset", "1",
                        "sluice.dlq.timestamp", "1700000000123",
                        "sluice.dlq.attempts", "2",
                        "sluice.dlq.status", "422"));
        assertThat(gateway.metric("sluice_input_dead_lettered_total", "component=\"dlq\""))
                .isOne();
    }

    @Test
    void aDeadTombstoneWithoutKeyStaysOne() {
        String letters = stage.kafka().newTopic();
        stage.app().answer(call -> 500);
        stage.gateway(input("dlq", letters));

        stage.send(new ProducerRecord<>(topic, 0, null, null));

        eventually().until(() -> !stage.kafka().readAll(letters).isEmpty());
        ConsumerRecord<byte[], byte[]> letter = stage.kafka().readAll(letters).get(0);
        assertThat(letter.key()).isNull();
        assertThat(letter.value()).isNull();
    }

    @Test
    void aDeadLetterCanBeRedeliveredFromItsTopicAsTheRecordThatItWas() {
        String letters = stage.kafka().newTopic();
        TestGateway gateway = stage.gateway(input("dlq", letters));
        stage.send(topic, 0, "key", "poison");
        eventually().until(() -> !stage.kafka().readAll(letters).isEmpty());
        stage.app().answer(call -> 200);

        assertThat(Stage.redeliver(gateway, "dlq", letters, 0, 0).statusCode()).isEqualTo(204);

        Call taken = stage.app().taken().get(0);
        assertThat(taken.text()).isEqualTo("poison");
        assertThat(taken.header("__key")).isEqualTo("key");
        assertThat(taken.coordinates()).isEqualTo(topic + "/0@0");
        assertThat(taken.headers().names()).noneMatch(name -> name.startsWith("sluice.dlq"));
    }

    @Test
    void aDeadLetterThatCannotBeWrittenStopsThePartitionUntilItCan() throws Exception {
        String small = stage.kafka().newTopic(1, Map.of("max.message.bytes", "1000"));
        String missing = topic + "-dead";
        TestGateway gateway = stage.gateway(input("small", small), input("missing", missing));
        ByteBuffer poison = ByteBuffer.allocate(5000).put("poison".getBytes(UTF_8));

        stage.send(topic, "first");
        stage.send(new ProducerRecord<>(topic, 0, null, poison.array()));
        stage.send(topic, "last");
        assertThatItWaitsAtOffsetOne(gateway, "small");
        eventually().until(() -> Stage.health(gateway, "input:small")
                .getString("detail")
                .contains("raise max.message.bytes of the topic " + small));
        assertThatItWaitsAtOffsetOne(gateway, "missing");

        Admin admin = stage.kafka().admin();
        ConfigResource settings = new ConfigResource(ConfigResource.Type.TOPIC, small);
        AlterConfigOp larger = new AlterConfigOp(new ConfigEntry("max.message.bytes", "100000"), OpType.SET);
        admin.incrementalAlterConfigs(Map.of(settings, List.of(larger))).all().get(20, TimeUnit.SECONDS);
        admin.createTopics(List.of(new NewTopic(missing, Optional.of(1), Optional.empty())))
                .all()
                .get(20, TimeUnit.SECONDS);

        assertThatItGoesOn(gateway, "small", small);
        assertThatItGoesOn(gateway, "missing", missing);
    }

    @Test
    void headersOfOurOwnGiveWayToARecordThatIsAsLargeAsTheTopicTakes() throws Exception {
        Map<String, String> limit = Map.of("max.message.bytes", "2000");
        String source = stage.kafka().newTopic(1, limit);
        String letters = stage.kafka().newTopic(1, limit);
        TestGateway gateway =
                stage.gateway(Component.input(stage.kafka(), "tight", source).with("deadLetterTopic", letters));
        List<Integer> sizes = List.of(1500, 1800, 1850, 1930);

        for (int size : sizes) {
            stage.send(new ProducerRecord<>(
                    source,
                    0,
                    null,
                    ByteBuffer.allocate(size).put("poison".getBytes(UTF_8)).array()));
        }
        stage.send(source, "last");

        eventually().until(() -> texts("tight").equals(List.of("last")));
        List<ConsumerRecord<byte[], byte[]>> written = stage.kafka().readAll(letters);
        assertThat(written).extracting(letter -> letter.value().length).isEqualTo(sizes);
        assertThat(told(written.get(0))).hasSize(8);
        assertThat(told(written.get(3))).isEmpty();
        assertThat(Stage.health(gateway, "input:tight").getBoolean("ready")).isTrue();
    }

    private void assertThatItWaitsAtOffsetOne(TestGateway gateway, String name) {
        String label = "component=\"" + name + "\"";
        eventually().until(() -> gateway.metric("sluice_dead_letter_failures_total", label) > 0);
        JsonObject health = Stage.health(gateway, "input:" + name);
        assertThat(health.getBoolean("ready")).isFalse();
        assertThat(health.getString("detail")).contains("dead-letter");
        assertThat(gateway.get("/v1.0-sluice/health").statusCode()).isEqualTo(503);
        assertThat(gateway.get("/v1.0/healthz").statusCode()).isEqualTo(204);
        JsonObject partition = Stage.partition(gateway, name);
        assertThat(partition.getBoolean("paused")).isTrue();
        assertThat(partition.getString("pausedBecause")).contains("dead letter");
        assertThat(partition.getJsonObject("oldestUnsettled").getLong("offset")).isOne();
        assertThat(Stage.failures(gateway, name))
                .extracting(failure -> failure.getString("outcome"))
                .containsExactly("unwritten");
        forAWhile().until(() -> texts(name).equals(List.of("first")));
        eventually().until(() -> committed(name) == 1);
    }

    private void assertThatItGoesOn(TestGateway gateway, String name, String letters) {
        eventually().until(() -> texts(name).equals(List.of("first", "last")));
        assertThat(stage.kafka().readAll(letters)).singleElement().matches(letter -> letter.value().length == 5000);
        assertThat(Stage.health(gateway, "input:" + name).getBoolean("ready")).isTrue();
        assertThat(Stage.partition(gateway, name).getBoolean("paused")).isFalse();
        eventually().until(() -> committed(name) == 3);
    }

    private List<String> texts(String name) {
        return stage.app().takenAt("/" + name).stream().map(Call::text).toList();
    }

    private long committed(String name) {
        return Groups.offset(stage.kafka(), input(name, topic).field("consumerGroup"), topic);
    }

    private Component input(String name, String letters) {
        return Component.input(stage.kafka(), name, topic).with("deadLetterTopic", letters);
    }

    private static Map<String, String> told(ConsumerRecord<byte[], byte[]> letter) {
        Map<String, String> told = new TreeMap<>();
        for (Header header : letter.headers()) {
            if (header.key().startsWith("sluice.")) {
                told.put(header.key(), new String(header.value(), UTF_8));
            }
        }
        return told;
    }
}
