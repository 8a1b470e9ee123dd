package io.sluice.it.reload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import io.sluice.it.process.ComponentFile;
import io.sluice.it.process.HttpLoad;
import io.sluice.it.process.Launch;
import io.sluice.it.process.SluiceProcess;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An output binding that is changed while it has a lot to do. */
@WithKafka
class ChangeUnderLoadIT {
    private static final int PER_SECOND = 500;
    private static final Duration SOON = Duration.ofSeconds(20);

    private final TestKafka kafka;

    ChangeUnderLoadIT(TestKafka kafka) {
        this.kafka = kafka;
    }

    @Test
    void everyRequestIsStoredOnceInTheOldTopicOrInTheNew() throws IOException {
        String before = kafka.newTopic(3, Map.of());
        String after = kafka.newTopic(3, Map.of());
        Launch launch = Launch.gateway(component(before));
        try (SluiceProcess gateway = launch.start();
                HttpLoad load = HttpLoad.start(gateway.awaitReady(), "orders", PER_SECOND, HttpVersion.HTTP_1_1)) {
            load.awaitStored(PER_SECOND, SOON);
            Files.writeString(
                    launch.folder().resolve("components").resolve("component-1.yaml"),
                    // Another producer too, so that one is opened and one is closed under the load.
                    component(after) + ComponentFile.fields("linger", "1ms"));
            await().atMost(SOON)
                    .until(() -> gateway.out().stream().anyMatch(line -> line.contains("component changed")));
            load.awaitStored(PER_SECOND, SOON);
            load.stop(SOON);

            assertThat(load.statuses()).containsOnlyKeys(204);
            Set<String> old = values(before);
            Set<String> fresh = values(after);
            assertThat(Stream.concat(old.stream(), fresh.stream()).toList())
                    .containsExactlyInAnyOrderElementsOf(load.answered(204));
            assertThat(fresh).hasSizeGreaterThanOrEqualTo(PER_SECOND);
            gateway.assertUnharmed();
        }
    }

    private String component(String topic) {
        return ComponentFile.output("orders", kafka.bootstrapServers(), topic);
    }

    private Set<String> values(String topic) {
        return kafka.readAll(topic).stream()
                .map(record -> new String(record.value(), UTF_8))
                .collect(Collectors.toSet());
    }
}
