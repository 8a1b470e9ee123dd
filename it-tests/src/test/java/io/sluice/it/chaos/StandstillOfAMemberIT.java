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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * One of two gateways stands still (SIGSTOP) for longer than its session, with records that wait for their turn at the app,
 * and goes on once the other one has delivered them.
 */
@WithKafka
class StandstillOfAMemberIT {
    private static final List<String> ORDERINGS = List.of("partition", "none");
    private static final int BURST = 300;
    private static final int PER_SECOND = 200;
    private static final int TO_ANSWER_MILLIS = 10;
    private static final Duration SOON = Duration.ofSeconds(120);

    private final TestKafka kafka;
    private final Map<String, String> topics;
    private final RecordingApp app = RecordingApp.start((call, vertx) ->
            vertx.timer(TO_ANSWER_MILLIS, TimeUnit.MILLISECONDS).map(200));
    private final SluiceProcess one;
    private final SluiceProcess two;

    StandstillOfAMemberIT(TestKafka kafka) {
        this.kafka = kafka;
        this.topics = Map.of(
                "partition",
                kafka.newTopic(Publisher.PARTITIONS, Map.of()),
                "none",
                kafka.newTopic(Publisher.PARTITIONS, Map.of()));
        this.one = launch("one").start();
        this.two = launch("two").start();
    }

    @AfterEach
    void endAll() {
        one.close();
        two.close();
        app.close();
    }

    @Test
    void deliversNothingThatAnotherHasAcknowledgedMeanwhile() {
        int stored = publishUntilBothDeliver();
        topics.values().forEach(topic -> Publisher.fill(kafka.bootstrapServers(), topic, BURST));
        awaitAnswers("one", BURST / 10);
        one.signal("STOP");
        long stopped = System.nanoTime();
        int all = stored + ORDERINGS.size() * BURST;
        await().atMost(SOON).until(() -> acknowledged() == all);
        assertThat(ORDERINGS)
                .allSatisfy(ordering -> assertThat(journal(ordering).partitions(path(ordering, "two"), stopped))
                        .as("taken over")
                        .hasSize(Publisher.PARTITIONS));

        long continued = System.nanoTime();
        one.signal("CONT");
        publishUntilBothDeliver();

        assertThat(ORDERINGS)
                .allSatisfy(ordering -> assertThat(journal(ordering).repeats())
                        .noneMatch(repeat -> repeat.before().at() < continued && isOf(ordering, repeat)));
        one.assertUnharmed();
        two.assertUnharmed();
    }

    private static boolean isOf(String ordering, Repeat repeat) {
        return repeat.before().call().path().equals(path(ordering, "two"))
                && repeat.again().call().path().equals(path(ordering, "one"));
    }

    /** @return how many records are stored */
    private int publishUntilBothDeliver() {
        var publishers = topics.values().stream()
                .map(topic -> Publisher.start(kafka.bootstrapServers(), topic, PER_SECOND))
                .toList();
        for (String member : List.of("one", "two")) {
            awaitAnswers(member, PER_SECOND / 10);
        }
        return publishers.stream()
                .mapToInt(publisher -> publisher.stop().size())
                .sum();
    }

    /** As many from now on, of each binding. */
    private void awaitAnswers(String member, int more) {
        var before = ORDERINGS.stream()
                .map(ordering -> journal(ordering).answersTo(path(ordering, member)))
                .toList();
        await().atMost(SOON).pollInterval(Duration.ofMillis(20)).untilAsserted(() -> assertThat(ORDERINGS)
                .allSatisfy(ordering -> assertThat(journal(ordering).answersTo(path(ordering, member))
                                - before.get(ORDERINGS.indexOf(ordering)))
                        .isGreaterThan(more)));
    }

    private int acknowledged() {
        return ORDERINGS.stream()
                .mapToInt(ordering -> journal(ordering).acknowledgedRecords())
                .sum();
    }

    private Journal journal(String ordering) {
        return app.journal(ordering);
    }

    private static String path(String ordering, String member) {
        return "/" + ordering + "/" + member;
    }

    private Launch launch(String member) {
        return Launch.gateway(component("partition", member), component("none", member))
                .and("--app-port", app.port(), "--app-max-concurrency", "4");
    }

    private String component(String ordering, String member) {
        return InputGateway.component(
                ordering,
                kafka.bootstrapServers(),
                topics.get(ordering),
                path(ordering, member),
                "ordering",
                ordering,
                "sessionTimeout",
                "3s",
                "heartbeatInterval",
                "1s");
    }
}
