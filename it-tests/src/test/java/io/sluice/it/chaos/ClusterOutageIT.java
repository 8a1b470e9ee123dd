package io.sluice.it.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.dev.kafka.KafkaCluster;
import io.sluice.dev.kafka.Topics;
import io.sluice.it.kafka.Records;
import io.sluice.it.process.Api;
import io.sluice.it.process.ComponentFile;
import io.sluice.it.process.HttpLoad;
import io.sluice.it.process.Launch;
import io.sluice.it.process.SluiceProcess;
import io.vertx.core.http.HttpVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Records go through the gateway to a cluster of three nodes, and back through it to the app, for two groups, while the
 * cluster goes away and comes back. With {@code -Dsluice.deep=true} it stays away for longer.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterOutageIT {
    private static final boolean DEEP = Boolean.getBoolean("sluice.deep");
    private static final Duration DOWN = Duration.ofSeconds(DEEP ? 30 : 3);
    private static final Duration CUT = Duration.ofSeconds(DEEP ? 30 : 12);
    private static final int PER_SECOND = 200;
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration EVERY_ANSWER = Duration.ofSeconds(35);

    @TempDir
    private static Path folder;

    private final RecordingApp app = RecordingApp.start(Answers.OK);
    private KafkaCluster kafka;
    private SluiceProcess gateway;
    private Api api;

    @BeforeAll
    void startAll() {
        kafka = KafkaCluster.start(3, folder, Map.of());
        Topics.create(kafka.bootstrapServers(), Map.of("stopped", 10, "cut", 10));
        gateway = Launch.gateway(
                        output("stopped"),
                        input("stopped", 1),
                        input("stopped", 2),
                        output("cut"),
                        input("cut", 1),
                        input("cut", 2))
                .and("--app-port", app.port())
                .start();
        api = gateway.awaitReady();
    }

    @AfterEach
    void allNodesAreThereAgain() {
        kafka.mend(SOON);
    }

    @AfterAll
    void stopAll() {
        gateway.close();
        kafka.close();
        app.close();
    }

    @Test
    void allNodesGoDownOneAfterTheOtherAndBothGroupsGetEveryRecordInTheEnd() {
        try (HttpLoad load = HttpLoad.start(api, "stopped", PER_SECOND, HttpVersion.HTTP_2)) {
            awaitFlow(load, "stopped");
            kafka.stop(1);
            awaitFlow(load, "stopped");
            kafka.kill(2);
            kafka.kill(3);
            pass(DOWN);
            kafka.restart(3);
            kafka.restart(2);
            kafka.restart(1);
            awaitFlow(load, "stopped");

            assertNothingLost(load, "stopped");
        }
    }

    @Test
    void theNetworkIsCutForAWhileAndBothGroupsGetEveryRecordInTheEnd() {
        try (HttpLoad load = HttpLoad.start(api, "cut", PER_SECOND, HttpVersion.HTTP_2)) {
            awaitFlow(load, "cut");
            // To a client it is the same: connections stay open, and nothing comes.
            kafka.pause(1);
            kafka.pause(2);
            kafka.pause(3);
            pass(CUT);
            kafka.resume(1);
            kafka.resume(2);
            kafka.resume(3);
            awaitFlow(load, "cut");

            assertNothingLost(load, "cut");
        }
    }

    private String output(String topic) {
        return ComponentFile.output(topic, kafka.bootstrapServers(), topic);
    }

    private String input(String topic, int group) {
        String path = "/" + topic + "-" + group;
        return InputGateway.component(topic + "-" + group, kafka.bootstrapServers(), topic, path);
    }

    /** Waits until new requests are answered 204 and both groups get new records. */
    private void awaitFlow(HttpLoad load, String topic) {
        load.awaitStored(PER_SECOND, SOON);
        for (int group = 1; group <= 2; group++) {
            Journal journal = app.journal(topic + "-" + group);
            int before = journal.acknowledgedRecords();
            await().atMost(SOON).until(() -> journal.acknowledgedRecords() > before + PER_SECOND);
        }
    }

    private static void pass(Duration time) {
        await().pollDelay(time).atMost(time.plusSeconds(5)).until(() -> true);
    }

    private void assertNothingLost(HttpLoad load, String topic) {
        load.stop(EVERY_ANSWER);
        Set<String> stored = Records.readAll(kafka.bootstrapServers(), topic).stream()
                .map(record -> new String(record.value(), UTF_8))
                .collect(toSet());
        assertThat(stored).containsAll(load.answered(204));
        for (int group = 1; group <= 2; group++) {
            Journal journal = app.journal(topic + "-" + group);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(journal.values()).isEqualTo(stored));
            System.out.printf(
                    "%s, group %d: requests by status %s, %d records received, %d duplicates%n",
                    topic,
                    group,
                    load.statuses(),
                    stored.size(),
                    journal.repeats().size());
        }
        gateway.assertUnharmed();
    }
}
