package io.sluice.it.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.dev.kafka.KafkaCluster;
import io.sluice.dev.kafka.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KafkaClusterIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private KafkaCluster cluster;

    @BeforeAll
    void startThreeNodes() {
        cluster = KafkaCluster.start(3, KafkaServer.newFolder(), Map.of());
    }

    @AfterEach
    void allNodesAreBack() {
        cluster.awaitReady(LIMIT);
    }

    @AfterAll
    void stopAll() {
        cluster.close();
    }

    @Test
    void acknowledgedRecordsSurviveTheKillAndTheRestartOfANodeUnderLoad() {
        Topics.create(cluster.bootstrapServers(), Map.of("killed", 3));
        try (Load load = Load.start(cluster.bootstrapServers(), "killed")) {
            awaitMore(load);
            cluster.kill(1);
            awaitMore(load);
            cluster.restart(1);
            cluster.awaitReady(LIMIT);
            awaitMore(load);
            load.stop();

            assertAllAreThere("killed", load);
        }
    }

    @Test
    void theClusterGoesOnWhileOneNodeIsPaused() {
        Topics.create(cluster.bootstrapServers(), Map.of("paused", 3));
        try (Load load = Load.start(cluster.bootstrapServers(), "paused")) {
            awaitMore(load);
            cluster.pause(2);
            awaitMore(load);
            cluster.resume(2);
            awaitMore(load);
            load.stop();

            assertAllAreThere("paused", load);
        }
    }

    @Test
    void aStoppedNodeComesBackOnItsFormerPort() {
        String before = cluster.bootstrapServers();

        cluster.stop(3);
        cluster.awaitReady(LIMIT);
        cluster.restart(3);
        cluster.awaitReady(LIMIT);

        assertThat(cluster.bootstrapServers()).isEqualTo(before);
    }

    /** Waits for more acknowledgements than there can be requests in flight, so that some were sent after this call. */
    private static void awaitMore(Load load) {
        int before = load.acknowledged().size();
        await().atMost(LIMIT).until(() -> load.acknowledged().size() > before + Load.IN_FLIGHT);
    }

    /** A leader that was replaced a moment ago and has not heard of it may show readers a former end of its log. */
    private void assertAllAreThere(String topic, Load load) {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(values(topic)).containsAll(load.acknowledged()));
    }

    private Set<String> values(String topic) {
        return Records.readAll(cluster.bootstrapServers(), topic).stream()
                .map(record -> new String(record.value(), UTF_8))
                .collect(Collectors.toSet());
    }
}
