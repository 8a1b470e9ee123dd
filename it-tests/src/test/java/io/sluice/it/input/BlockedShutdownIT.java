package io.sluice.it.input;

import static io.sluice.it.input.Stage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import io.sluice.it.process.Api;
import io.sluice.it.process.ComponentFile;
import io.sluice.it.process.Launch;
import io.sluice.it.process.SluiceProcess;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A gateway that is to serve on when it is told to stop ({@code --dapr-block-shutdown-duration}). */
@WithKafka
class BlockedShutdownIT {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final TestKafka kafka;
    private final String topic;
    private Stage stage;

    BlockedShutdownIT(TestKafka kafka) {
        this.kafka = kafka;
        this.topic = kafka.newTopic();
    }

    @BeforeEach
    void set() {
        stage = new Stage(kafka);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void theAppGetsNoMoreRecordsAndCanStillSendUntilItIsUnhealthy() {
        stage.send(topic, "\"before\"");
        try (SluiceProcess gateway = launch().start()) {
            Api api = gateway.awaitReady();
            eventually().until(() -> stage.app().takenTexts().contains("\"before\""));
            gateway.signal("TERM");
            eventually().until(() -> gateway.out().stream().anyMatch(line -> line.contains("delivering nothing more")));
            awaitNobodyInTheGroup();
            stage.send(topic, "\"after\"");

            assertThat(api.create("out", "1").join().statusCode()).isEqualTo(204);
            assertThat(api.get("/v1.0/metadata").body()).contains("\"in\"");
            stage.app().answerOthers(call -> 503);
            assertThat(gateway.awaitExit(SOON)).isZero();
        }
        assertThat(stage.app().takenTexts()).containsExactly("\"before\"");
    }

    private Launch launch() {
        return Launch.gateway(
                        ComponentFile.input("in", kafka.bootstrapServers(), topic, "consumerGroup", topic),
                        ComponentFile.output("out", kafka.bootstrapServers(), kafka.newTopic()))
                .and("--app-port", String.valueOf(stage.app().port()))
                .and("--dapr-block-shutdown-duration", "60s")
                .and("--enable-app-health-check", "--app-health-probe-interval", "1", "--app-health-threshold", "1");
    }

    private void awaitNobodyInTheGroup() {
        eventually().until(() -> kafka.admin()
                .describeConsumerGroups(List.of(topic))
                .describedGroups()
                .get(topic)
                .get()
                .members()
                .isEmpty());
    }
}
