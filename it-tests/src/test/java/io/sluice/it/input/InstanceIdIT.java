package io.sluice.it.input;

import static io.sluice.it.input.Stage.eventually;
import static io.sluice.it.input.Stage.forAWhile;

import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import org.junit.jupiter.api.Test;

/** Two gateways with one {@code groupInstanceId}. */
@WithKafka
class InstanceIdIT {

    @Test
    void oneStaysOutOfTheGroupUntilTheOtherHasLeft(TestKafka kafka) {
        String topic = kafka.newTopic();
        Component binding = Component.input(kafka, "in", topic)
                .with("groupInstanceId", "the-same")
                .with("heartbeatInterval", "200ms")
                .with("sessionTimeout", "1s");
        try (Stage stage = new Stage(kafka)) {
            TestGateway first = stage.gateway(binding);
            Stage.partition(first, "in");

            TestGateway second = stage.gateway(binding);

            eventually().until(() -> healthOf(first).contains("groupInstanceId"));
            Stage.partition(second, "in");
            forAWhile()
                    .until(() -> healthOf(second).isEmpty() && !healthOf(first).isEmpty());
            stage.stop(second);
            Stage.partition(first, "in");
            eventually().until(() -> healthOf(first).isEmpty());
        }
    }

    private static String healthOf(TestGateway gateway) {
        return Stage.health(gateway, "input:in").getString("detail", "");
    }
}
