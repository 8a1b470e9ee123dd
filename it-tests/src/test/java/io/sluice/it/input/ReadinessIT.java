package io.sluice.it.input;

import static io.sluice.it.input.Stage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When {@code /v1.0/healthz} says for the first time that the gateway is ready. */
@WithKafka
class ReadinessIT {
    private Stage stage;

    @BeforeEach
    void open(TestKafka kafka) {
        stage = new Stage(kafka);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void whatIsProducedFromThenOnIsDeliveredThoughItsBindingsBeginAtTheEnd() {
        List<String> topics =
                IntStream.range(0, 4).mapToObj(i -> stage.kafka().newTopic()).toList();
        stage.app().answerOthers(call -> call.path().equals("/in0") ? 404 : 200);
        TestGateway gateway = stage.gateway(IntStream.range(0, 4)
                .mapToObj(i -> newest("in" + i, topics.get(i)))
                .toArray(Component[]::new));

        eventually().untilAsserted(() -> assertThat(gateway.get("/v1.0/healthz").body())
                .isEmpty());
        topics.forEach(topic -> stage.send(topic, "1"));

        eventually().until(() -> stage.app().taken().size() == 3);
        assertThat(stage.app().takenAt("/in0")).isEmpty();
    }

    @Test
    void aMemberOfWhoseGroupOthersHaveAllPartitionsIsReadyAtOnce() {
        Component only = newest("in", stage.kafka().newTopic());
        TestGateway holder = stage.gateway(only);
        eventually().until(() -> isReady(holder));

        TestGateway spare = stage.gateway(only);

        eventually().until(() -> isReady(spare));
    }

    @Test
    void aBindingThatDoesNotFindItsKafkaIsWaitedForAsLongAsItsInitTimeoutSays() {
        Component away = newest("in", "t").with("brokers", "127.0.0.1:1");

        TestGateway patient = stage.gateway(away);
        assertThat(patient.get("/v1.0/healthz").body()).contains("[input:in]");
        assertThat(patient.get("/v1.0/healthz/outbound").statusCode()).isEqualTo(204);
        TestGateway brief = stage.gateway(away.startingWithin("300ms"));

        eventually().until(() -> isReady(brief));
        assertThat(isReady(patient)).isFalse();
        assertThat(brief.get("/v1.0-sluice/health").statusCode()).isEqualTo(503);
    }

    private static boolean isReady(TestGateway gateway) {
        return gateway.get("/v1.0/healthz").statusCode() == 204;
    }

    /** The app is asked whether it wants the records, and nothing but partitions ends the wait within the test. */
    private Component newest(String name, String topic) {
        return Component.input(stage.kafka(), name, topic)
                .without("direction")
                .with("initialOffset", "newest")
                .startingWithin("2m");
    }
}
