package io.sluice.it.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.dev.kafka.KafkaCluster;
import io.sluice.dev.kafka.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka stands still while a crowd calls and gives up, call after call, at a gateway with little memory. */
class StandstillIT {
    private static final int PER_SECOND = 5_000;
    /** Many times what the gateway has room for. */
    private static final int CALLS = 25_000;

    @TempDir
    private Path folder;

    @Test
    void aCrowdThatGivesUpWhileKafkaStandsStillIsForgottenOnceItGoesOn() {
        try (KafkaCluster kafka = KafkaCluster.start(1, folder.resolve("kafka"), Map.of())) {
            Topics.create(kafka.bootstrapServers(), Map.of("orders", 3));
            String component = ComponentFile.output("orders", kafka.bootstrapServers(), "orders");
            try (SluiceProcess gateway =
                    Launch.gateway(component).withJvmFlags(List.of("-Xmx128m")).start()) {
                Api api = gateway.awaitReady();
                assertThat(api.create("orders", "0").join().statusCode()).isEqualTo(204);
                kafka.pause(1);
                try (var crowd = new ImpatientClients(api, "orders", PER_SECOND)) {
                    await().atMost(Duration.ofMinutes(3)).until(() -> crowd.sent() > CALLS);
                    assertThat(crowd.answered(503)).as("%s", crowd).isPositive();
                }
                kafka.resume(1);

                await().atMost(Duration.ofSeconds(5))
                        .until(() -> api.create("orders", "1")
                                        .orTimeout(5, TimeUnit.SECONDS)
                                        .join()
                                        .statusCode()
                                == 204);
                gateway.assertUnharmed();
            }
        }
    }
}
