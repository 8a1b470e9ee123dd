package io.sluice.it.input;

import static io.sluice.it.input.Stage.eventually;
import static io.sluice.it.input.Stage.forAWhile;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import io.sluice.it.input.TestApp.Call;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A record that the app refuses, with the default policy: it is skipped, and can be had again. */
@WithKafka
class RefusalIT {
    private Stage stage;
    private String topic;

    @BeforeEach
    void open(TestKafka kafka) {
        stage = new Stage(kafka);
        topic = kafka.newTopic();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void ofTenMessagesTheOneThatIsRefusedIsNotDeliveredAgainUntilSomebodyAsks() {
        stage.app().answer(refusingOnce("/ten", "\"0\""));
        TestGateway gateway = stage.gateway(
                Component.output(stage.kafka(), "out", topic),
                input("ten"),
                input("other").with("route", "/custom-path"));

        for (int i = 0; i < 10; i++) {
            String envelope = "{\"data\":\"" + i + "\",\"operation\":\"create\"}";
            assertThat(gateway.call("out", envelope).statusCode()).isEqualTo(204);
        }

        eventually().until(() -> stage.app().takenAt("/custom-path").size() == 10);
        forAWhile().until(() -> stage.app().takenAt("/ten").size() == 9);
        assertThat(texts("/custom-path")).isEqualTo(strings(0, 10));
        assertThat(texts("/ten")).isEqualTo(strings(1, 10));
        assertThat(Stage.failures(gateway, "other")).isEmpty();

        assertThat(Stage.redeliver(gateway, "ten", topic, 0, 0).statusCode()).isEqualTo(204);
        assertThat(texts("/ten")).hasSize(10).endsWith("\"0\"");
        assertThat(Stage.failures(gateway, "ten")).singleElement().matches(failure -> failure.getString("outcome")
                .equals("redelivered"));
    }

    @Test
    void aSkippedRecordIsInTheLedgerAndInTheMetrics() {
        stage.app().reply(call -> Future.succeededFuture(new TestApp.Reply(503, "no\nstock")));
        TestGateway gateway = stage.gateway(input("skip"));

        stage.send(topic, "a", "b");

        eventually().until(() -> Stage.failures(gateway, "skip").size() == 2);
        JsonObject newest = Stage.failures(gateway, "skip").get(0);
        assertThat(newest.getString("answer")).isEqualTo("no\\u000astock");
        assertThat(newest.getString("topic")).isEqualTo(topic);
        assertThat(newest.getInteger("partition")).isZero();
        assertThat(newest.getLong("offset")).isOne();
        assertThat(newest.getInteger("attempts")).isOne();
        assertThat(newest.getInteger("status")).isEqualTo(503);
        assertThat(newest.getString("reason")).contains("503");
        assertThat(newest.getString("outcome")).isEqualTo("skipped");
        assertThat(gateway.metric("sluice_input_skipped_total", "component=\"skip\""))
                .isEqualTo(2);
        assertThat(gateway.metric("dapr_component_input_binding_count", "component=\"skip\"", "success=\"false\""))
                .isEqualTo(2);
    }

    @Test
    void aRecordIsSkippedWhenItsRetriesAreUsedUpAndNeverComesBack() {
        stage.app().answer(call -> call.text().equals("poison") ? 500 : 200);
        Component binding = input("finite")
                .with("consumeRetryEnabled", "true")
                .with("backOffDuration", "20ms")
                .with("backOffMaxRetries", "3");
        TestGateway gateway = stage.gateway(binding);

        stage.send(topic, "first", "poison", "last");

        eventually().until(() -> stage.app().takenTexts().equals(List.of("first", "last")));
        assertThat(stage.app().deliveries())
                .filteredOn(call -> call.text().equals("poison"))
                .hasSize(4);
        assertThat(Stage.failures(gateway, "finite"))
                .singleElement()
                .matches(failure -> failure.getInteger("attempts") == 4);
        eventually().until(() -> Groups.offset(stage.kafka(), binding.field("consumerGroup"), topic) == 3);

        stage.stop(gateway);
        stage.gateway(binding);
        stage.send(topic, "new");
        eventually().until(() -> stage.app().takenTexts().equals(List.of("first", "last", "new")));
    }

    @Test
    void aRefusedRecordIsTriedAgainUntilItIsTaken() {
        Set<String> refused = ConcurrentHashMap.newKeySet();
        stage.app().answer(call -> refused.add(call.text() + refused.size() / 5) ? 500 : 204);
        stage.gateway(input("endless").with("consumeRetryEnabled", "true").with("backOffDuration", "10ms"));

        stage.send(topic, "a", "b");

        eventually().until(() -> stage.app().takenTexts().equals(List.of("a", "b")));
    }

    @Test
    void aSecondRefusalOfARedeliveryIsTold() {
        stage.app().answer(call -> 500);
        TestGateway gateway = stage.gateway(input("again"));
        stage.send(topic, "a");
        eventually().until(() -> Stage.failures(gateway, "again").size() == 1);

        HttpResponse<String> answer = Stage.redeliver(gateway, "again", topic, 0, 0);

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(new JsonObject(answer.body()).getString("errorCode")).isEqualTo("ERR_REDELIVERY_REFUSED");
    }

    @Test
    void whatIsNotThereCannotBeRedelivered() {
        TestGateway gateway = stage.gateway(input("here"), Component.output(stage.kafka(), "out", topic));
        stage.send(topic, "a");
        eventually().until(() -> stage.app().taken().size() == 1);

        assertUnknown(Stage.redeliver(gateway, "here", topic, 0, 7), "ERR_UNKNOWN_RECORD");
        assertUnknown(Stage.redeliver(gateway, "here", topic, 5, 0), "ERR_UNKNOWN_RECORD");
        assertUnknown(Stage.redeliver(gateway, "here", stage.kafka().newTopic(), 0, 0), "ERR_UNKNOWN_RECORD");
        assertUnknown(Stage.redeliver(gateway, "nobody", topic, 0, 0), "ERR_UNKNOWN_BINDING");
        assertUnknown(Stage.redeliver(gateway, "out", topic, 0, 0), "ERR_UNKNOWN_BINDING");
        assertUnknown(gateway.get("/v1.0-sluice/bindings/nobody/partitions"), "ERR_UNKNOWN_BINDING");
        assertUnknown(gateway.get("/v1.0-sluice/bindings/nobody/failures"), "ERR_UNKNOWN_BINDING");
        assertThat(stage.app().taken()).hasSize(1);
    }

    private Component input(String name) {
        return Component.input(stage.kafka(), name, topic);
    }

    private List<String> texts(String path) {
        return stage.app().takenAt(path).stream().map(Call::text).toList();
    }

    private static List<String> strings(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "\"" + i + "\"").toList();
    }

    private static Function<Call, Integer> refusingOnce(String path, String text) {
        Set<String> refused = ConcurrentHashMap.newKeySet();
        return call -> call.path().equals(path) && call.text().equals(text) && refused.add(text) ? 500 : 200;
    }

    private static void assertUnknown(HttpResponse<String> answer, String code) {
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(new JsonObject(answer.body()).getString("errorCode")).isEqualTo(code);
    }
}
