package io.sluice.kafka.consume;

import io.sluice.kafka.consume.progress.PartitionSnapshot.Stage;
import io.sluice.kafka.consume.progress.TriedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;

/**
 * Looks once a second at what keeps the records of a topic from being settled, and tells it: in the log, in the health of the
 * binding and in its metrics. Belongs to the verticle's context.
 *
 * <pre>
 *   deliveries fail, and none succeeds ─────────────► deliveries fail
 *   deliveries are open, and none is answered ──────► {@link UnansweredDeliveries}
 *   a record was refused more than three times ─────► records are refused again and again
 *   a dead letter is being written ─────────────────► dead letters are not written
 *   a record is blocked ────────────────────────────► records are blocked
 *   what cannot move fills a partition ─────────────► {@link HeldPartitions}
 *   no memory for more records ─────────────────────► memory is short
 *   an attempt runs for a minute ───────────────────► {@link LongAttempts}
 * </pre>
 */
final class DeliveryWatch {
    /** Milliseconds. With a look each second, what lasts is told within five seconds. */
    static final long SOON = 3_500;

    /** Milliseconds without a failure, and without a record that could fail, after which it is over. */
    private static final long QUIET = 10_000;

    private static final int FEW_REFUSALS = 3;

    private final Input input;
    private final Assignments assignments;
    private final DeliveryFailures failures;
    private final LongAttempts longAttempts;
    private final UnansweredDeliveries unanswered;
    private final HeldPartitions held;
    private final Trouble failing;
    private final Trouble refused;
    private final Trouble unwritten;
    private final Trouble blocked;
    private final Trouble memoryShort;

    /** A record on its way, and where it is. */
    record Watched(PartitionLane lane, TriedRecord record) {
        TopicPartition partition() {
            return lane.assignment().partition();
        }

        @Override
        public String toString() {
            return partition().topic() + "/" + partition().partition() + "@" + record.offset();
        }
    }

    DeliveryWatch(Input input, Assignments assignments, DeliveryFailures failures, AnswerTimes answers) {
        this.input = input;
        this.assignments = assignments;
        this.failures = failures;
        this.longAttempts = new LongAttempts(input, assignments.topic());
        this.unanswered = new UnansweredDeliveries(
                answers,
                trouble("deliveries are not answered", "deliveries are answered again"),
                input.couriers().recipient(input.binding()));
        this.held = new HeldPartitions(
                trouble("partitions are held by records that cannot move", "no partition is held any more"));
        this.failing = trouble("deliveries fail", "deliveries do not fail any more");
        this.refused = trouble("records are refused again and again", "no record is refused again and again any more");
        this.unwritten = new Trouble(
                input,
                assignments.topic(),
                LastResort.problem(assignments.topic()),
                "dead letters are not written",
                "dead letters are written again");
        this.blocked = trouble("records are blocked", "no record is blocked any more");
        this.memoryShort = trouble("memory is short", "there is memory for more records again");
    }

    private Trouble trouble(String begins, String ends) {
        return new Trouble(input, assignments.topic(), begins + " of " + assignments.topic(), begins, ends);
    }

    /** @param now milliseconds since the epoch */
    void look(long now) {
        var tried = new ArrayList<Watched>();
        for (PartitionLane lane : assignments.lanes()) {
            lane.forEachTried(record -> tried.add(new Watched(lane, record)));
        }
        List<Watched> retrying = select(tried, record -> record.stage() == Stage.RETRYING);
        lookAtFailures(tried.isEmpty(), retrying.isEmpty(), now);
        held.look(assignments.lanes(), now);
        input.failedRecords().look(now);
        lookAtRefused(select(tried, DeliveryWatch::isRefusedAgain), now);
        lookAtUnwritten(select(tried, record -> isUnwritten(record, now)), now);
        List<Watched> standing = select(tried, record -> record.stage() == Stage.BLOCKED);
        lookAtBlocked(standing, now);
        int running = longAttempts.look(tried, now);
        int open = unanswered.look(tried, now);
        List<PartitionLane> waiting = lanes(lane -> lane.room().isShort());
        lookAtMemory(waiting, now);
        int paused = lanes(lane -> lane.assignment().isFull()).size();
        input.metrics()
                .stages(
                        assignments.topic(),
                        new InputStages(running, open, retrying.size(), standing.size(), paused, waiting.size()));
    }

    /** The consumer has failed: the next one finds out for itself what keeps records. */
    void close() {
        List.of(failing, refused, unwritten, blocked, memoryShort).forEach(Trouble::forget);
        unanswered.forget();
        held.forget();
        input.metrics().stages(assignments.topic(), InputStages.NONE);
    }

    private List<PartitionLane> lanes(Predicate<PartitionLane> wanted) {
        return assignments.lanes().stream().filter(wanted).toList();
    }

    private static List<Watched> select(List<Watched> tried, Predicate<TriedRecord> wanted) {
        return tried.stream().filter(watched -> wanted.test(watched.record())).toList();
    }

    private static boolean isRefusedAgain(TriedRecord record) {
        boolean open = record.stage() == Stage.RETRYING || record.stage() == Stage.DELIVERING;
        return open && record.refusals() > FEW_REFUSALS;
    }

    private static boolean isUnwritten(TriedRecord record, long now) {
        return record.stage() == Stage.DEAD_LETTERING && now - record.time() >= SOON;
    }

    private void lookAtFailures(boolean nothingTried, boolean nothingRetried, long now) {
        if (assignments.lanes().isEmpty() || nothingTried && failures.quiet(now) >= QUIET) {
            failures.end();
        }
        // What waits for its next attempt has not succeeded since; of the rest nobody knows, or another trouble tells.
        long lasting = nothingRetried ? failures.lasted() : failures.lasting(now);
        if (lasting >= SOON) {
            failing.lasts(
                    "no delivery has succeeded for " + lasting / 1_000 + " s, " + failures.count()
                            + " have failed, the last one because: " + failures.last() + "; look at the app",
                    now);
        } else if (lasting < 0) {
            failing.isOver();
        }
    }

    private void lookAtRefused(List<Watched> found, long now) {
        if (found.isEmpty()) {
            refused.isOver();
        } else {
            Watched first = found.get(0);
            refused.lasts(
                    found.size() + " so far more than " + FEW_REFUSALS + " times, " + first + " "
                            + first.record().refusals() + " times; look at the app, or let backOffMaxRetries end it",
                    now);
        }
    }

    private void lookAtUnwritten(List<Watched> found, long now) {
        if (found.isEmpty()) {
            unwritten.isOver();
        } else {
            Watched first = found.get(0);
            unwritten.lasts(
                    found.size() + " so far, " + first + " for "
                            + (now - first.record().time()) / 1_000 + " s: "
                            + first.lane().whyUnwritten() + "; look at the topic "
                            + input.binding().delivery().deadLetterTopic(),
                    now);
        }
    }

    private void lookAtBlocked(List<Watched> found, long now) {
        if (found.isEmpty()) {
            blocked.isOver();
        } else {
            blocked.lasts(found.size() + " so far, the first one is " + found.get(0) + "; redeliver them", now);
        }
    }

    private void lookAtMemory(List<PartitionLane> waiting, long now) {
        List<PartitionLane> longer = waiting.stream()
                .filter(lane -> lane.room().shortFor(now) >= SOON)
                .toList();
        if (longer.isEmpty()) {
            memoryShort.isOver();
        } else {
            memoryShort.lasts(
                    "no more records of " + longer.size() + " partitions are taken, as "
                            + assignments.memory().text()
                            + "; see what keeps them from being settled, or give the gateway"
                            + " more heap (-Xmx)",
                    now);
        }
    }
}
