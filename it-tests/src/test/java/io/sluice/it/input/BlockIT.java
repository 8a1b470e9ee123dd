package io.sluice.it.input;

import static io.sluice.it.input.Stage.eventually;
import static io.sluice.it.input.Stage.forAWhile;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A record that nobody takes stays where it is, and what has to come after it waits. */
@WithKafka
class BlockIT {
    private Stage stage;
    private String topic;

    @BeforeEach
    void open(TestKafka kafka) {
        stage = new Stage(kafka);
        topic = kafka.newTopic();
        stage.app().answer(call -> call.text().equals("poison") ? 418 : 200);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void aPoisonRecordBlocksItsKeyAloneAndIsShownUntilItIsRedelivered() {
        Component binding = blocking().with("ordering", "key");
        TestGateway gateway = stage.gateway(binding);

        stage.send(topic, 0, "good", "1");
        stage.send(topic, 0, "bad", "poison");
        stage.send(topic, 0, "bad", "after poison");
        stage.send(topic, 0, "good", "2");

        eventually().until(() -> !blocked(gateway).isEmpty());
        forAWhile().until(() -> stage.app().takenTexts().equals(List.of("1", "2")));
        assertThatItIsExplained(gateway);
        eventually().until(() -> Groups.offset(stage.kafka(), binding.field("consumerGroup"), topic) == 1);

        stage.app().answer(call -> 200);
        assertThat(Stage.redeliver(gateway, "block", topic, 0, 1).statusCode()).isEqualTo(204);

        eventually().until(() -> stage.app().takenTexts().equals(List.of("1", "2", "poison", "after poison")));
        assertThat(blocked(gateway)).isEmpty();
        eventually().until(() -> Groups.offset(stage.kafka(), binding.field("consumerGroup"), topic) == 4);
    }

    @Test
    void withOrderOfThePartitionAPoisonRecordBlocksAllAfterItButNoOtherPartition() {
        topic = stage.kafka().newTopic(2, Map.of());
        TestGateway gateway = stage.gateway(blocking());

        stage.send(topic, 0, "k", "poison");
        stage.send(topic, 0, "other", "waits");
        stage.send(topic, 1, "k", "1");
        stage.send(topic, 1, "k", "2");

        eventually().until(() -> Stage.failures(gateway, "block").size() == 1);
        forAWhile().until(() -> stage.app().takenTexts().equals(List.of("1", "2")));

        stage.app().answer(call -> 200);
        assertThat(Stage.redeliver(gateway, "block", topic, 0, 0).statusCode()).isEqualTo(204);
        eventually().until(() -> stage.app().takenTexts().equals(List.of("1", "2", "poison", "waits")));
    }

    @Test
    void aBlockedRecordThatIsRefusedAgainStaysBlocked() {
        TestGateway gateway = stage.gateway(blocking());
        stage.send(topic, "poison", "waits");
        eventually().until(() -> Stage.failures(gateway, "block").size() == 1);

        assertThat(Stage.redeliver(gateway, "block", topic, 0, 0).statusCode()).isEqualTo(502);

        forAWhile().until(() -> stage.app().taken().isEmpty());
        assertThat(blocked(gateway)).hasSize(1);
    }

    @Test
    void aRestartTriesABlockedRecordAgainBeforeWhatComesAfterIt() {
        TestGateway gateway = stage.gateway(blocking());
        stage.send(topic, "poison", "waits");
        eventually().until(() -> Stage.failures(gateway, "block").size() == 1);
        stage.stop(gateway);
        stage.app().answer(call -> 200);

        stage.gateway(blocking());

        eventually().until(() -> stage.app().takenTexts().equals(List.of("poison", "waits")));
    }

    private void assertThatItIsExplained(TestGateway gateway) {
        JsonObject lane = blocked(gateway).getJsonObject(0);
        assertThat(lane.getString("key")).isEqualTo("bad");
        assertThat(lane.getLong("offset")).isOne();
        assertThat(lane.getString("reason")).contains("418");
        JsonObject partition = Stage.partition(gateway, "block");
        JsonObject oldest = partition.getJsonObject("oldestUnsettled");
        assertThat(oldest.getLong("offset")).isOne();
        assertThat(oldest.getInteger("attempts")).isEqualTo(2);
        assertThat(oldest.getLong("ageMillis")).isPositive();
        assertThat(partition.getString("lastError")).contains("418");
        assertThat(Stage.failures(gateway, "block"))
                .singleElement()
                .matches(failure -> failure.getString("outcome").equals("blocked"))
                .matches(failure -> failure.getInteger("attempts") == 2);
        assertThat(gateway.metric("sluice_input_blocked_total", "component=\"block\""))
                .isOne();
    }

    private Component blocking() {
        return Component.input(stage.kafka(), "block", topic)
                .with("failurePolicy", "block")
                .with("consumeRetryEnabled", "true")
                .with("backOffDuration", "10ms")
                .with("backOffMaxRetries", "1");
    }

    private static JsonArray blocked(TestGateway gateway) {
        return Stage.partition(gateway, "block").getJsonArray("blocked");
    }
}
