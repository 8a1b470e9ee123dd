package io.sluice.it.input;

import static io.sluice.it.gateway.TestGateway.envelope;
import static io.sluice.it.input.Stage.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import io.sluice.it.input.TestApp.Call;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Names and routes that Dapr takes and that are no plain words: a URL holds them encoded, or in part as its query. */
@WithKafka
class UnusualNamesIT {

    @Test
    void bindingsAreServedAndDeliveredUnderTheirPaths(TestKafka kafka) {
        String topic = kafka.newTopic(1, Map.of());
        try (Stage stage = new Stage(kafka)) {
            TestGateway gateway = stage.gateway(
                    Component.output(kafka, "my orders ü", topic),
                    Component.input(kafka, "new orders", topic).without("direction"),
                    Component.input(kafka, "root", topic).without("direction").with("route", "/"),
                    Component.input(kafka, "asked", topic).without("direction").with("route", "a?b=1 2"));

            assertThat(gateway.send(
                                    "POST",
                                    "/v1.0/bindings/my%20orders+%C3%BC",
                                    envelope("1").getBytes(UTF_8))
                            .statusCode())
                    .isEqualTo(204);

            eventually().untilAsserted(() -> assertThat(stage.app().deliveries())
                    .extracting(Call::path)
                    .containsExactlyInAnyOrder("/new%20orders", "/", "/a?b=1%202"));
            assertThat(stage.app().calls(HttpMethod.OPTIONS))
                    .extracting(Call::path)
                    .containsAll(List.of("/new%20orders", "/", "/a?b=1%202"));
        }
    }
}
