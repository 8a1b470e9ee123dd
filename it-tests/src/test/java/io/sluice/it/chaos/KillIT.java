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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gateway is killed (SIGKILL) at random moments while it delivers two topics, one in the order of partitions and one in
 * the order of keys, to an app that refuses now and then. {@code -Dsluice.deep=true} makes it long;
 * {@code -Dsluice.kills=SEED} plays the same moments again.
 */
class KillIT {
    private static final boolean DEEP = Boolean.getBoolean("sluice.deep");
    /** Of each topic. */
    private static final int RECORDS = DEEP ? 100_000 : 5_000;

    private static final int KILLS = DEEP ? 12 : 3;
    private static final Duration LIMIT = Duration.ofSeconds(DEEP ? 300 : 60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    /** Of one kill and topic, for each partition: in flight (64), and settled without being known to the brokers (100). */
    private static final long MOST_DUPLICATES = (64 + 100) * Publisher.PARTITIONS;

    private static final String BY_PARTITION = "partition";
    private static final String BY_KEY = "key";

    @TempDir
    private static Path folder;

    private final long seed = Long.getLong("sluice.kills", System.nanoTime());
    private final Random random = new Random(seed);
    private KafkaCluster kafka;
    private RecordingApp app;

    /**
     * A gateway that is no more.
     *
     * @param at by {@link System#nanoTime}
     * @param again the records that its next owners are to deliver, by what the brokers know
     */
    private record Kill(long at, Map<TopicPartition, Set<Long>> again) {}

    @BeforeEach
    void startKafkaAndTheApp() {
        // A killed member keeps its partitions until its session is over; the test should not wait long for that.
        kafka = KafkaCluster.start(1, folder, Map.of("group.min.session.timeout.ms", "1000"));
        Topics.create(
                kafka.bootstrapServers(), Map.of(BY_PARTITION, Publisher.PARTITIONS, BY_KEY, Publisher.PARTITIONS));
        Publisher.fill(kafka.bootstrapServers(), BY_PARTITION, RECORDS);
        Publisher.fill(kafka.bootstrapServers(), BY_KEY, RECORDS);
        // There are ten keys to a partition: so both topics get on at the same pace, and every kill meets both.
        app = RecordingApp.start(Answers.refusingEvery100th(
                call -> call.path().equals("/" + BY_KEY) ? 10 : 1, new Random(random.nextLong())));
    }

    @AfterEach
    void stopAll() {
        app.close();
        kafka.close();
    }

    @Test
    void nothingIsLostOrOutOfOrderAndOnlyWhatKafkaHadNotHeardOfComesAgain() {
        Launch launch =
                Launch.gateway(component(BY_PARTITION), component(BY_KEY)).and("--app-port", app.port());
        List<Kill> kills = killAtRandom(launch);
        finish(launch);

        assertRight(BY_PARTITION, kills, call -> call.position().partition());
        assertRight(BY_KEY, kills, Call::key);
    }

    private String component(String ordering) {
        return InputGateway.component(
                ordering,
                kafka.bootstrapServers(),
                ordering,
                "/" + ordering,
                "ordering",
                ordering,
                "sessionTimeout",
                "4s",
                "heartbeatInterval",
                "1s");
    }

    /** Kills one gateway after the other when random numbers of records are acknowledged; returns when each was gone. */
    private List<Kill> killAtRandom(Launch launch) {
        List<Kill> kills = new ArrayList<>();
        int[] moments = random.ints(KILLS, 1, 2 * RECORDS).sorted().toArray();
        for (int moment : moments) {
            try (SluiceProcess gateway = launch.start()) {
                awaitAcknowledged(moment, gateway);
            }
            long at = System.nanoTime();
            var again = new HashMap<>(again(BY_PARTITION));
            again.putAll(again(BY_KEY));
            kills.add(new Kill(at, again));
        }
        return kills;
    }

    private Map<TopicPartition, Set<Long>> again(String topic) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            Map<TopicPartition, Set<Long>> again = new HashMap<>();
            admin.listConsumerGroupOffsets(topic + "-" + topic)
                    .partitionsToOffsetAndMetadata()
                    .get(20, TimeUnit.SECONDS)
                    .forEach((partition, committed) ->
                            again.put(partition, NextOwner.delivers(committed, RECORDS / Publisher.PARTITIONS + 1)));
            return again;
        } catch (Exception e) {
            throw new IllegalStateException("it is not known what is committed", e);
        }
    }

    private void finish(Launch launch) {
        try (SluiceProcess gateway = launch.start()) {
            awaitAcknowledged(2 * RECORDS, gateway);
            gateway.assertUnharmed();
            gateway.signal("TERM");
            assertThat(gateway.awaitExit(STOP_LIMIT)).isZero();
        }
    }

    private void awaitAcknowledged(int records, SluiceProcess gateway) {
        Journal one = app.journal(BY_PARTITION);
        Journal other = app.journal(BY_KEY);
        await().pollInterval(Duration.ofMillis(5)).atMost(LIMIT).untilAsserted(() -> assertThat(
                        one.acknowledgedRecords() + other.acknowledgedRecords())
                .as(() -> "acknowledged; output " + gateway.out())
                .isGreaterThanOrEqualTo(records));
    }

    private void assertRight(String ordering, List<Kill> ends, Function<Call, Object> lane) {
        Journal journal = app.journal(ordering);
        List<Long> kills = ends.stream().map(Kill::at).toList();
        System.out.println(report(ordering, kills, journal));
        assertNothingLost(journal, ordering);
        assertThat(journal.firstAcknowledged(lane).values())
                .allSatisfy(offsets -> assertThat(offsets).isSorted());
        assertThat(journal.repeats()).allMatch(repeat -> kills.stream().anyMatch(kill -> repeat.isExplainedBy(kill)));
        assertThat(duplicates(journal, kills)).allMatch(count -> count <= MOST_DUPLICATES);
        assertThat(journal.repeats()).allMatch(repeat -> isUnknownToTheBrokers(ordering, repeat, ends));
    }

    /** By the last kill before it was delivered again. */
    private static boolean isUnknownToTheBrokers(String topic, Repeat repeat, List<Kill> kills) {
        Position record = repeat.again().call().position();
        Kill last = kills.stream()
                .filter(kill -> kill.at < repeat.again().at())
                .reduce((earlier, later) -> later)
                .orElseThrow();
        // A partition without a commit is delivered from its start.
        Set<Long> again = last.again.get(new TopicPartition(topic, record.partition()));
        return again == null || again.contains(record.offset());
    }

    private void assertNothingLost(Journal journal, String topic) {
        Set<Position> stored = Records.readAll(kafka.bootstrapServers(), topic).stream()
                .map(record -> new Position(record.partition(), record.offset()))
                .collect(toSet());
        assertThat(stored).hasSize(RECORDS);
        assertThat(journal.acknowledged()).isEqualTo(stored);
        assertThat(journal.values()).hasSize(RECORDS);
    }

    /** By kill. */
    private static List<Long> duplicates(Journal journal, List<Long> kills) {
        List<Repeat> repeats = journal.repeats();
        return kills.stream()
                .map(kill -> repeats.stream()
                        .filter(repeat -> repeat.isExplainedBy(kill))
                        .count())
                .toList();
    }

    private String report(String ordering, List<Long> kills, Journal journal) {
        return "ordering=%s: %d records, %d kills (seed %d), %d duplicates, per kill %s"
                .formatted(
                        ordering, RECORDS, kills.size(), seed, journal.repeats().size(), duplicates(journal, kills));
    }
}
