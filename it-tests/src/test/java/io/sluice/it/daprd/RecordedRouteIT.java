package io.sluice.it.daprd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import io.sluice.it.input.TestApp;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The app is called where daprd calls it, whatever a binding is named and whatever its route is. */
@WithKafka
class RecordedRouteIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String ROUTE = "route: ";

    @Test
    void eachRecordGoesWhereDaprdSendsIt(TestKafka kafka) {
        List<Recorded> lines = Recorded.in("routes.txt").toList();
        String topic = kafka.newTopic();
        List<Component> components = lines.stream()
                .map(line -> component(kafka, topic, line, lines.indexOf(line)))
                .toList();
        try (TestApp app = new TestApp().listen();
                TestGateway gateway = TestGateway.start(Map.of(), components, "--app-port=" + app.port());
                TestGateway sender = TestGateway.start(Component.output(kafka, "out", topic))) {
            assertThat(sender.call("out", TestGateway.envelope("1")).statusCode())
                    .isEqualTo(204);

            await().atMost(LIMIT).untilAsserted(() -> assertThat(app.deliveries())
                    .extracting(TestApp.Call::path)
                    .containsExactlyInAnyOrderElementsOf(
                            lines.stream().map(Recorded::sluice).toList()));
            assertThat(gateway.get("/v1.0/healthz").statusCode()).isEqualTo(204);
        }
    }

    private static Component component(TestKafka kafka, String topic, Recorded line, int number) {
        return line.tried().startsWith(ROUTE)
                ? Component.input(kafka, "route-" + number, topic).with("route", value(line))
                : Component.input(kafka, line.tried(), topic);
    }

    private static String value(Recorded line) {
        return line.tried().substring(ROUTE.length()).replace("\"", "");
    }
}
