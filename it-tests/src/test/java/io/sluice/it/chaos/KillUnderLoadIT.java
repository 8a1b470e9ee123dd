package io.sluice.it.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.chaos.Call.Position;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import io.sluice.it.process.Launch;
import io.sluice.it.process.SluiceProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A gateway is killed (SIGKILL) while it delivers as fast as it can. What the brokers know then of the records that the app
 * has acknowledged is all that keeps the next owners of their partitions from delivering them again. {@code
 * -Dsluice.deep=true} kills more often.
 */
@WithKafka
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KillUnderLoadIT {
    private static final int KILLS = Boolean.getBoolean("sluice.deep") ? 20 : 1;
    private static final int RECORDS = 40_000;
    /** Of one partition: settled, but not known to the brokers. */
    private static final int MOST_UNTOLD = 100;

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final TestKafka kafka;
    private final String topic;
    private final Random random = new Random();
    private RecordingApp app;

    KillUnderLoadIT(TestKafka kafka) {
        this.kafka = kafka;
        this.topic = kafka.newTopic(Publisher.PARTITIONS, Map.of());
    }

    @BeforeAll
    void fill() {
        Publisher.fill(kafka.bootstrapServers(), topic, RECORDS);
        app = RecordingApp.start(Answers.OK);
    }

    @AfterAll
    void stop() {
        app.close();
    }

    @ParameterizedTest
    @CsvSource({"classic, partition, 1", "consumer, key, 64"})
    void onlyWhatWasInFlightAndAHundredRecordsOfAPartitionComeAgain(String protocol, String ordering, int inFlight)
            throws Exception {
        for (int kill = 0; kill < KILLS; kill++) {
            String group = protocol + "-" + ordering + "-" + kill;
            Journal journal = app.journal(group);

            long rate = killWhileItDelivers(group, protocol, ordering, journal);

            List<Long> again = acknowledgedAndDeliveredAgain(group, journal.acknowledged());
            System.out.printf("%s: killed at %,d records/s; of each partition come again %s%n", group, rate, again);
            assertThat(again).allMatch(records -> records <= inFlight + MOST_UNTOLD);
        }
    }

    /** @return records a second in between */
    private long killWhileItDelivers(String group, String protocol, String ordering, Journal journal) {
        String component = InputGateway.component(
                "in", kafka.bootstrapServers(), topic, "/" + group, "ordering", ordering, "groupProtocol", protocol);
        int some = RECORDS / 10;
        int moment = random.nextInt(3 * some, 7 * some);
        try (SluiceProcess gateway =
                Launch.gateway(component).and("--app-port", app.port()).start()) {
            awaitAcknowledged(some, journal, gateway);
            long begin = System.nanoTime();
            awaitAcknowledged(moment, journal, gateway);
            return (moment - some) * TimeUnit.SECONDS.toNanos(1) / (System.nanoTime() - begin);
        }
    }

    private static void awaitAcknowledged(int records, Journal journal, SluiceProcess gateway) {
        await().pollInterval(Duration.ofMillis(5)).atMost(LIMIT).untilAsserted(() -> assertThat(
                        journal.acknowledgedRecords())
                .as(() -> "acknowledged; output " + gateway.out())
                .isGreaterThanOrEqualTo(records));
    }

    /** By partition. */
    private List<Long> acknowledgedAndDeliveredAgain(String group, Set<Position> acknowledged) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> committed = kafka.admin()
                .listConsumerGroupOffsets(topic + "-" + group)
                .partitionsToOffsetAndMetadata()
                .get(20, TimeUnit.SECONDS);
        assertThat(committed).hasSize(Publisher.PARTITIONS);
        var again = new ArrayList<Long>();
        committed.forEach((partition, offset) -> {
            Set<Long> delivered = NextOwner.delivers(offset, RECORDS / Publisher.PARTITIONS);
            Stream<Position> of = acknowledged.stream().filter(record -> record.partition() == partition.partition());
            again.add(of.filter(record -> delivered.contains(record.offset())).count());
        });
        return again;
    }
}
