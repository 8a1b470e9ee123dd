package io.sluice.kafka.consume;

import io.sluice.kafka.consume.poll.Assignment;
import io.sluice.kafka.consume.poll.ConsumerPoller;
import io.sluice.kafka.consume.progress.Commit;
import java.util.Collection;
import java.util.HashMap;
import java.util.OptionalLong;

/**
 * When the partitions of a topic are committed, all that have changed with one commit, and one commit at a time. Belongs to
 * the verticle's context.
 *
 * <pre>{@code
 *   each second ───────────────────────────────────────► commit ──► taken, or not taken and repeated each second
 *   50 records of a partition are settled ── a pause ──► commit ──┐
 *       └── while a commit is under way: when it has been taken ◄──┘
 * }</pre>
 *
 * <p>The pause is what keeps the cost in bounds: short for a commit of many partitions, which has many records, longer for
 * that of few.
 */
final class LaneCommits {
    /** Settled records of one partition after which a commit does not wait for its second. */
    private static final int OF_ONE = 50;
    /** Settled records of all of them that are worth a commit every few milliseconds. */
    private static final int OF_ALL = 250;
    /** Milliseconds between the begins of two such commits. */
    private static final long SHORT_PAUSE = 5;
    /** Milliseconds between the begins of two commits of fewer records: each costs the consumer's thread and the brokers something. */
    private static final long PAUSE = 20;

    private final Input input;
    private final ConsumerPoller poller;
    private final Collection<PartitionLane> lanes;
    private final CommitFailures failures;
    private boolean underWay;
    private long begunAt;

    /** @param lanes those of the moment */
    LaneCommits(Input input, String topic, ConsumerPoller poller, Collection<PartitionLane> lanes) {
        this.input = input;
        this.poller = poller;
        this.lanes = lanes;
        this.failures = new CommitFailures(input, topic);
    }

    /** The longest metadata that a broker may take. */
    int metadataChars() {
        return failures.metadataChars();
    }

    /**
     * Commits before the second is over if many records of a partition are settled; not as long as the brokers take no
     * commits.
     *
     * @return milliseconds after which to call this again, empty when that is not needed
     */
    OptionalLong commitIfDue(long now) {
        if (underWay || failures.areLasting()) {
            return OptionalLong.empty();
        }
        int most = 0;
        int all = 0;
        for (PartitionLane lane : lanes) {
            most = Math.max(most, lane.uncommitted());
            all += lane.uncommitted();
        }
        if (most < OF_ONE) {
            return OptionalLong.empty();
        }
        long pause = begunAt + (all < OF_ALL ? PAUSE : SHORT_PAUSE) - now;
        if (pause > 0) {
            return OptionalLong.of(pause);
        }
        commit();
        return OptionalLong.empty();
    }

    void commit() {
        if (underWay) {
            return;
        }
        var commits = new HashMap<Assignment, Commit>();
        for (PartitionLane lane : lanes) {
            lane.beginCommit().ifPresent(commit -> commits.put(lane.assignment(), commit));
        }
        begunAt = input.clock().getAsLong();
        if (!commits.isEmpty()) {
            underWay = true;
            poller.commit(commits);
        }
    }

    void failed(Collection<Commit> commits, Throwable error) {
        underWay = false;
        failures.failed(commits, error, input.clock().getAsLong());
        lanes.forEach(lane -> lane.limitMetadata(failures.metadataChars()));
    }

    void succeeded() {
        underWay = false;
        failures.succeeded();
    }

    /** Nothing is committed any more. */
    void close() {
        failures.succeeded();
    }
}
