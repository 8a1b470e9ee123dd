package io.sluice.it.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.chaos.Journal.Repeat;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import io.sluice.it.process.Launch;
import io.sluice.it.process.SluiceProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two gateways share a group's partitions under load, and one of them ends. */
@WithKafka
class GroupOfTwoIT {
    private static final Duration SESSION = Duration.ofSeconds(6);
    private static final int PER_SECOND = 300;
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration EXIT_LIMIT = Duration.ofSeconds(10);

    private final TestKafka kafka;
    private final String topic;
    private final RecordingApp app = RecordingApp.start(Answers.OK);
    private final Journal journal = app.journal("app");
    private SluiceProcess one;
    private SluiceProcess two;
    private Publisher publisher;

    GroupOfTwoIT(TestKafka kafka) {
        this.kafka = kafka;
        this.topic = kafka.newTopic(Publisher.PARTITIONS, Map.of());
    }

    @BeforeEach
    void bothTakePart() {
        one = launch("one").start();
        two = launch("two").start();
        publisher = Publisher.start(kafka.bootstrapServers(), topic, PER_SECOND);
        awaitDeliveriesBy("one");
        awaitDeliveriesBy("two");
    }

    @AfterEach
    void endAll() {
        publisher.close();
        one.close();
        two.close();
        app.close();
    }

    @Test
    void theOtherTakesOverFromOneThatIsKilledAndNothingIsLost() {
        one.close();
        long kill = System.nanoTime();
        awaitTakeOverBy("two");
        awaitEverything(publisher.stop());

        print("killed");
        assertThat(journal.repeats()).allMatch(repeat -> repeat.isExplainedBy(kill));
        two.assertUnharmed();
    }

    @Test
    void aRollingRestartDeliversNothingTwiceAndKeepsNobodyWaitingForASession() {
        stop(one);
        awaitTakeOverBy("two");
        try (SluiceProcess newOne = launch("new-one").start()) {
            awaitDeliveriesBy("new-one");
            stop(two);
            awaitTakeOverBy("new-one");
            try (SluiceProcess newTwo = launch("new-two").start()) {
                awaitDeliveriesBy("new-two");
                awaitEverything(publisher.stop());

                print("rolling restart");
                assertThat(journal.repeats()).isEmpty();
                assertThat(journal.longestGap()).isLessThan(SESSION);
                newOne.assertUnharmed();
                newTwo.assertUnharmed();
            }
        }
    }

    private Launch launch(String member) {
        return InputGateway.of(
                kafka.bootstrapServers(),
                topic,
                app,
                "/app/" + member,
                "sessionTimeout",
                SESSION.toSeconds() + "s",
                "heartbeatInterval",
                "2s");
    }

    private static void stop(SluiceProcess gateway) {
        gateway.signal("TERM");
        assertThat(gateway.awaitExit(EXIT_LIMIT)).isZero();
    }

    /** Waits until that gateway has delivered for a while. */
    private void awaitDeliveriesBy(String member) {
        String path = "/app/" + member;
        int before = journal.answersTo(path);
        await().atMost(SOON).until(() -> journal.answersTo(path) > before + PER_SECOND / 3);
    }

    /** Waits until records of all partitions have come by that gateway since the call. */
    private void awaitTakeOverBy(String member) {
        long now = System.nanoTime();
        await().atMost(SOON)
                .until(() -> journal.partitions("/app/" + member, now).size() == Publisher.PARTITIONS);
    }

    private void awaitEverything(Set<String> stored) {
        await().atMost(SOON).until(() -> journal.acknowledgedRecords() >= stored.size());
        assertThat(journal.values()).containsExactlyInAnyOrderElementsOf(stored);
    }

    private void print(String what) {
        List<Repeat> repeats = journal.repeats();
        System.out.printf(
                "%s: %d records, %d duplicates, longest gap of a partition %d ms%n",
                what,
                journal.acknowledgedRecords(),
                repeats.size(),
                journal.longestGap().toMillis());
    }
}
