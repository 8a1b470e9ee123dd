package io.sluice.it.input;

import static io.sluice.it.input.Stage.eventually;
import static io.sluice.it.input.Stage.forAWhile;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import io.sluice.it.input.TestApp.Reply;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An app that is not there, not well, or too slow. Nothing here is retried: what is refused once is skipped. */
@WithKafka
class AppHealthIT {
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
    void onlyAHealthyAppGetsRecords() {
        stage.app().answerOthers(call -> 500);
        stage.send(topic, "1");
        TestGateway gateway = stage.gateway(
                Map.of(),
                List.of(input()),
                "--enable-app-health-check",
                "--app-health-check-path=/well",
                "--app-health-probe-interval=1",
                "--app-health-threshold=1");
        eventually().until(() -> probes() >= 2);
        assertThat(stage.app().deliveries()).isEmpty();
        assertThat(gateway.get("/v1.0-sluice/health").statusCode()).isEqualTo(503);
        assertThat(gateway.get("/v1.0/healthz/outbound").statusCode()).isEqualTo(204);
        assertThat(Stage.partitions(gateway, "in").getJsonArray("notDelivering"))
                .isNotEmpty();

        stage.app().answerOthers(call -> 204);
        eventually().until(() -> stage.app().takenTexts().equals(List.of("1")));
        eventually().until(() -> gateway.get("/v1.0-sluice/health").statusCode() == 200);

        stage.app().answerOthers(call -> 500);
        eventually().until(() -> !Stage.health(gateway, "app").getBoolean("ready"));
        assertThat(gateway.get("/v1.0/healthz").statusCode()).isEqualTo(204);
        stage.send(topic, "2");
        eventually().until(() -> Stage.partition(gateway, "in").getInteger("windowRecords") == 1);
        forAWhile().until(() -> stage.app().deliveries().size() == 1);
        assertThat(Stage.partition(gateway, "in").getBoolean("paused")).isTrue();

        stage.app().answerOthers(call -> 200);
        eventually().until(() -> stage.app().takenTexts().equals(List.of("1", "2")));
        assertThat(Stage.failures(gateway, "in")).isEmpty();
    }

    @Test
    void anAppThatStartsAfterTheGatewayGetsAllRecords() {
        stage.app().leave();
        stage.send(topic, "1", "2");
        TestGateway gateway = stage.gateway(input());
        assertThat(Stage.health(gateway, "app").getBoolean("ready")).isFalse();
        assertThat(gateway.get("/v1.0/healthz").body()).contains("[app input:in]");
        assertThat(gateway.get("/v1.0/healthz/outbound").statusCode()).isEqualTo(204);

        stage.app().listen();
        eventually().until(() -> gateway.get("/v1.0/healthz").statusCode() == 204);

        eventually().until(() -> stage.app().takenTexts().equals(List.of("1", "2")));
        assertThat(Stage.failures(gateway, "in")).isEmpty();
    }

    @Test
    void anAppThatIsGoneForAWhileMissesNothingThoughNothingIsRetried() {
        TestGateway gateway = stage.gateway(input());
        stage.send(topic, "0");
        eventually().until(() -> stage.app().taken().size() == 1);

        stage.app().leave();
        stage.send(topic, strings(1, 20));
        eventually().until(() -> Stage.partition(gateway, "in").getInteger("windowRecords") == 19);
        forAWhile().until(() -> Stage.failures(gateway, "in").isEmpty());
        stage.app().listen();

        eventually().until(() -> stage.app().taken().size() == 20);
        assertThat(stage.app().takenTexts()).containsExactly(strings(0, 20));
        assertThat(Stage.failures(gateway, "in")).isEmpty();
        assertThat(gateway.metric("dapr_component_input_binding_count", "success=\"false\""))
                .isZero();
    }

    @Test
    void aDeliveryThatIsNotAnsweredInTimeIsRefused() {
        stage.app()
                .reply(call ->
                        call.text().equals("slow") ? Promise.<Reply>promise().future() : ok());
        TestGateway gateway = stage.gateway(input().with("deliveryTimeout", "300ms"));

        stage.send(topic, "slow", "next");

        eventually().until(() -> stage.app().takenTexts().equals(List.of("next")));
        assertThat(Stage.failures(gateway, "in"))
                .singleElement()
                .matches(failure -> failure.getInteger("status") == 0)
                .matches(failure -> failure.getString("reason").contains("timed out"));
    }

    /** With nothing behind it that could pass: it is not told from an app that is ill. */
    @Test
    void aRecordWhoseConnectionsBreakWaitsUntilTheAppAnswers() {
        var breaks = new AtomicInteger();
        stage.app()
                .reply(call -> call.text().equals("unlucky") && breaks.incrementAndGet() <= 5
                        ? Future.succeededFuture(Reply.HANG_UP)
                        : ok());
        TestGateway gateway = stage.gateway(input());

        stage.send(topic, "unlucky", "next");

        eventually().until(() -> stage.app().takenTexts().equals(List.of("unlucky", "next")));
        assertThat(Stage.failures(gateway, "in")).isEmpty();
        assertThat(gateway.metric("dapr_component_input_binding_count", "success=\"false\""))
                .isZero();
    }

    private int probes() {
        return stage.app().calls(HttpMethod.GET, "/well").size();
    }

    private Component input() {
        return Component.input(stage.kafka(), "in", topic);
    }

    private static Future<Reply> ok() {
        return Future.succeededFuture(Reply.of(200));
    }

    private static String[] strings(int from, int to) {
        return IntStream.range(from, to).mapToObj(String::valueOf).toArray(String[]::new);
    }
}
