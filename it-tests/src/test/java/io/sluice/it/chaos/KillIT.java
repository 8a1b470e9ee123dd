package io.sluice.it.chaos;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.dev.kafka.KafkaCluster;
import io.sluice.dev.kafka.Topics;
import io.sluice.it.chaos.Call.Position;
import io.sluice.it.chaos.Journal.Repeat;
import io.sluice.it.kafka.Records;
import io.sluice.it.process.Launch;
import io.sluice.it.process.SluiceProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gateway is killed (SIGKILL) at random moments while it delivers to an app that refuses now and then.
 * {@code -Dsluice.deep=true} makes it long; {@code -Dsluice.kills=SEED} plays the same moments again.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KillIT {
    private static final boolean DEEP = Boolean.getBoolean("sluice.deep");
    private static final int RECORDS = DEEP ? 100_000 : 10_000;
    private static final int KILLS = DEEP ? 12 : 3;
    private static final Duration LIMIT = Duration.ofSeconds(DEEP ? 300 : 60);
    /** A commit every second, its way to the broker, and what a busy machine adds to both. */
    private static final Duration UNTOLD = Duration.ofMillis(2500);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    @TempDir
    private static Path folder;

    private KafkaCluster kafka;

    @BeforeAll
    void startKafka() {
        // A killed member keeps its partitions until its session is over; the tests should not wait long for that.
        kafka = KafkaCluster.start(1, folder, Map.of("group.min.session.timeout.ms", "1000"));
    }

    @AfterAll
    void stopKafka() {
        kafka.close();
    }

    @Test
    void withTheOrderOfPartitionsNothingIsLostAndOnlyWhatKafkaDidNotHearOfComesAgain() {
        play("partition", call -> call.position().partition());
    }

    @Test
    void withTheOrderOfKeysNothingIsLostAndOnlyWhatKafkaDidNotHearOfComesAgain() {
        play("key", Call::key);
    }

    private void play(String ordering, Function<Call, Object> lane) {
        String topic = "by-" + ordering;
        long seed = Long.getLong("sluice.kills", System.nanoTime());
        Random random = new Random(seed);
        Topics.create(kafka.bootstrapServers(), Map.of(topic, Publisher.PARTITIONS));
        Publisher.fill(kafka.bootstrapServers(), topic, RECORDS);
        try (RecordingApp app = RecordingApp.start(Answers.refusingEvery100th(3, new Random(random.nextLong())))) {
            Journal journal = app.journal("app");
            List<Long> kills = killAtRandom(launch(topic, app, ordering), journal, random);
            finish(launch(topic, app, ordering), journal);
            System.out.println(report(ordering, seed, kills, journal));

            assertNothingLost(journal, topic);
            assertThat(journal.firstAcknowledged(lane).values())
                    .allSatisfy(offsets -> assertThat(offsets).isSorted());
            assertThat(journal.repeats())
                    .allMatch(repeat -> kills.stream().anyMatch(kill -> repeat.isExplainedBy(kill, UNTOLD)));
        }
    }

    private Launch launch(String topic, RecordingApp app, String ordering) {
        return InputGateway.of(
                kafka.bootstrapServers(),
                topic,
                app,
                "/app",
                "ordering",
                ordering,
                "sessionTimeout",
                "4s",
                "heartbeatInterval",
                "1s");
    }

    /** Kills one gateway after the other when random numbers of records are acknowledged; returns when each was gone. */
    private static List<Long> killAtRandom(Launch launch, Journal journal, Random random) {
        List<Long> kills = new ArrayList<>();
        int[] moments = random.ints(KILLS, 1, RECORDS).sorted().toArray();
        for (int moment : moments) {
            try (SluiceProcess gateway = launch.start()) {
                awaitAcknowledged(journal, moment, gateway);
            }
            kills.add(System.nanoTime());
        }
        return kills;
    }

    private static void finish(Launch launch, Journal journal) {
        try (SluiceProcess gateway = launch.start()) {
            awaitAcknowledged(journal, RECORDS, gateway);
            gateway.assertUnharmed();
            gateway.signal("TERM");
            assertThat(gateway.awaitExit(STOP_LIMIT)).isZero();
        }
    }

    private static void awaitAcknowledged(Journal journal, int records, SluiceProcess gateway) {
        await().pollInterval(Duration.ofMillis(5)).atMost(LIMIT).untilAsserted(() -> assertThat(
                        journal.acknowledgedRecords())
                .as("acknowledged; output %s", gateway.out())
                .isGreaterThanOrEqualTo(records));
    }

    private void assertNothingLost(Journal journal, String topic) {
        Set<Position> stored = Records.readAll(kafka.bootstrapServers(), topic).stream()
                .map(record -> new Position(record.partition(), record.offset()))
                .collect(toSet());
        assertThat(stored).hasSize(RECORDS);
        assertThat(journal.acknowledged()).isEqualTo(stored);
        assertThat(journal.values()).hasSize(RECORDS);
    }

    private static String report(String ordering, long seed, List<Long> kills, Journal journal) {
        List<Repeat> repeats = journal.repeats();
        List<Long> perKill = kills.stream()
                .map(kill -> repeats.stream()
                        .filter(repeat -> repeat.isExplainedBy(kill, UNTOLD))
                        .count())
                .toList();
        return "ordering=%s: %d records, %d kills (seed %d), %d duplicates, per kill %s"
                .formatted(ordering, RECORDS, kills.size(), seed, repeats.size(), perKill);
    }
}
