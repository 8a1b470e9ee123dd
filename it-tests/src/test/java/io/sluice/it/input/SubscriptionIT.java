package io.sluice.it.input;

import static io.sluice.it.input.Stage.eventually;
import static io.sluice.it.input.Stage.forAWhile;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import io.sluice.it.input.TestApp.Call;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether the app wants the records of a binding. */
@WithKafka
class SubscriptionIT {
    private Stage stage;
    private String topic;

    @BeforeEach
    void open(TestKafka kafka) {
        stage = new Stage(kafka);
        topic = kafka.newTopic();
        stage.send(topic, "a");
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"input", "input, output", "output, input"})
    void anAppIsNotAskedAboutABindingWhoseDirectionIsInput(String direction) {
        stage.app().answerOthers(call -> 404);

        stage.gateway(input().with("direction", direction).with("publishTopic", topic));

        eventually().until(() -> stage.app().takenTexts().equals(List.of("a")));
        assertThat(stage.app().calls(HttpMethod.OPTIONS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 405})
    void withoutADirectionAnAppThatKnowsTheRouteIsAskedOnce(int status) {
        stage.app().answerOthers(call -> status);

        stage.gateway(input().without("direction").with("route", "custom"));

        eventually().until(() -> stage.app().takenTexts().equals(List.of("a")));
        Call asked = stage.app().calls(HttpMethod.OPTIONS, "/custom").get(0);
        assertThat(asked.header("content-type")).isEqualTo("application/json");
        assertThat(stage.app().calls(HttpMethod.OPTIONS)).hasSize(1);
    }

    @Test
    void anAppThatDoesNotKnowTheRouteGetsNothingAndTheGroupIsNotJoined() {
        stage.app().answerOthers(call -> call.path().equals("/unknown") ? 404 : 200);
        Component unknown = input("unknown").without("direction");

        TestGateway gateway = stage.gateway(unknown, input("known").without("direction"));

        eventually().until(() -> stage.app().takenAt("/known").size() == 1);
        forAWhile().until(() -> stage.app().takenAt("/unknown").isEmpty());
        assertThat(Stage.partitions(gateway, "unknown")
                        .getJsonArray("notDelivering")
                        .getString(0))
                .contains("404");
        assertThat(Groups.committed(stage.kafka(), unknown.field("consumerGroup")))
                .isEmpty();
    }

    @Test
    void anUnclearAnswerIsAskedForAgainAndHoldsUpNoOtherBinding() {
        AtomicInteger asked = new AtomicInteger();
        stage.app().answerOthers(call -> call.path().equals("/slow") && asked.incrementAndGet() < 4 ? 503 : 200);

        stage.gateway(input("slow").without("direction"), input("quick").without("direction"));

        eventually().until(() -> stage.app().takenAt("/quick").size() == 1);
        eventually().until(() -> stage.app().takenAt("/slow").size() == 1);
        assertThat(stage.app().calls(HttpMethod.OPTIONS, "/slow")).hasSize(4);
        assertThat(stage.app().calls(HttpMethod.OPTIONS, "/quick")).hasSize(1);
    }

    @Test
    void anAppThatDoesNotAnswerTheQuestionInTimeIsAskedAgain() {
        AtomicInteger asked = new AtomicInteger();
        stage.app()
                .answerOthers(call -> call.method().equals(HttpMethod.OPTIONS) && asked.incrementAndGet() == 1
                        ? TestApp.NO_ANSWER
                        : 200);

        stage.gateway(Map.of(), List.of(input().without("direction")), "--app-binding-options-timeout=200ms");

        eventually().until(() -> stage.app().takenTexts().equals(List.of("a")));
        assertThat(asked).hasValue(2);
    }

    @Test
    void everyRequestCarriesTheTokenOfTheApp() {
        stage.gateway(
                Map.of("APP_API_TOKEN", "s3cret"),
                List.of(input().without("direction")),
                "--enable-app-health-check",
                "--app-health-probe-interval=1");

        eventually().until(() -> stage.app().taken().size() == 1);
        assertThat(stage.app().calls(HttpMethod.OPTIONS)).isNotEmpty();
        assertThat(stage.app().calls(HttpMethod.GET, "/healthz")).isNotEmpty();
        for (HttpMethod method : List.of(HttpMethod.OPTIONS, HttpMethod.GET, HttpMethod.POST)) {
            assertThat(stage.app().calls(method)).allMatch(call -> "s3cret".equals(call.header("dapr-api-token")));
        }
    }

    private Component input() {
        return input("in");
    }

    private Component input(String name) {
        return Component.input(stage.kafka(), name, topic);
    }
}
