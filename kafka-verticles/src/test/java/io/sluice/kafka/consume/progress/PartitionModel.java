package io.sluice.kafka.consume.progress;

import static org.assertj.core.api.Assertions.fail;

import io.sluice.core.binding.DeliverySettings.Ordering;
import io.sluice.kafka.consume.progress.ModelRecord.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What must hold, told by plain lists that are searched from the front: a partition's log, and of each of its records
 * whether it is settled, in flight, waiting or blocked. {@link PartitionHistory} plays the same events to it and to
 * {@link PartitionProgress}.
 */
final class PartitionModel {
    final Ordering ordering;
    final PartitionLimits limits;
    List<ModelRecord> log = new ArrayList<>();
    /** Records that were truncated while in flight: they still occupy their lane. */
    final List<ModelRecord> ghosts = new ArrayList<>();

    private final Map<Object, Integer> lastDispatchOfLane = new HashMap<>();
    int dispatches;

    PartitionModel(Ordering ordering, PartitionLimits limits) {
        this.ordering = ordering;
        this.limits = limits;
    }

    Object laneOf(ModelRecord entry) {
        return switch (ordering) {
            case PARTITION -> "partition";
            case KEY -> entry.key == ModelRecord.NO_KEY ? entry : (Object) entry.key;
            case NONE -> entry;
        };
    }

    List<ModelRecord> inFlight() {
        var all = new ArrayList<>(ghosts);
        log.stream().filter(e -> e.state == State.IN_FLIGHT).forEach(all::add);
        return all;
    }

    List<ModelRecord> held() {
        return log.stream().filter(e -> e.received && e.state != State.SETTLED).toList();
    }

    /** Records of lanes whose first one is stuck. */
    List<ModelRecord> stuck() {
        return held().stream().filter(this::isInStuckLane).toList();
    }

    private boolean isInStuckLane(ModelRecord entry) {
        Object lane = laneOf(entry);
        boolean ghost = ghosts.stream().anyMatch(other -> laneOf(other).equals(lane));
        return ordering != Ordering.PARTITION
                && !ghost
                && held().stream()
                        .filter(other -> laneOf(other).equals(lane))
                        .findFirst()
                        .orElseThrow()
                        .stuck;
    }

    /** Nothing earlier in its lane is unsettled or still out, and it is not waiting itself. */
    boolean canGo(ModelRecord entry, long now) {
        boolean itself =
                entry.received && (entry.state == State.OPEN || entry.state == State.RETRYING && entry.retryAt <= now);
        return itself && isFirstOfLane(entry);
    }

    private boolean isFirstOfLane(ModelRecord entry) {
        Object lane = laneOf(entry);
        for (ModelRecord ghost : ghosts) {
            if (laneOf(ghost).equals(lane)) {
                return false;
            }
        }
        for (ModelRecord earlier : log) {
            if (earlier.offset >= entry.offset) {
                return true;
            }
            if (earlier.received
                    && earlier.state != State.SETTLED
                    && laneOf(earlier).equals(lane)) {
                return false;
            }
        }
        return true;
    }

    void noteReadyLanes(long now) {
        for (ModelRecord entry : log) {
            boolean ready = canGo(entry, now);
            entry.readySince = !ready ? -1 : entry.readySince < 0 ? dispatches : entry.readySince;
        }
    }

    void dispatched(ModelRecord entry, Attempt<ModelRecord> attempt, long now) {
        if (!canGo(entry, now)) {
            fail(
                    "offset %d was dispatched in state %s, behind an unsettled record of its lane or too early",
                    entry.offset, entry.state);
        }
        if (attempt.refusals() != entry.attempts
                || entry.attempts > 0 && attempt.held().firstFailureAt() != entry.firstFailureAt) {
            fail(
                    "offset %d was refused %d times, but is dispatched with %d",
                    entry.offset, entry.attempts, attempt.refusals());
        }
        checkTurn(entry);
        entry.state = State.IN_FLIGHT;
        entry.readySince = -1;
        lastDispatchOfLane.put(laneOf(entry), ++dispatches);
        checkRoom();
    }

    /** A lane goes again only after every lane that was ready before it last went. */
    private void checkTurn(ModelRecord entry) {
        int last = lastDispatchOfLane.getOrDefault(laneOf(entry), -1);
        for (ModelRecord other : log) {
            if (other.readySince >= 0
                    && other.readySince < last
                    && !laneOf(other).equals(laneOf(entry))) {
                fail("offset %d overtook %d, which has been ready for longer", entry.offset, other.offset);
            }
        }
    }

    private void checkRoom() {
        List<ModelRecord> out = inFlight();
        int bytes = out.stream().mapToInt(e -> e.bytes).sum();
        if (out.size() > limits.maxInFlight() || out.size() > 1 && bytes > limits.maxBytesInFlight()) {
            fail("%d records with %d bytes are in flight", out.size(), bytes);
        }
    }

    /** Nothing was dispatched: then nothing can go, or what is next in turn has no room. */
    void checkIdle(long now) {
        List<ModelRecord> out = inFlight();
        if (out.size() >= limits.maxInFlight()) {
            return;
        }
        int room = (int) limits.maxBytesInFlight()
                - out.stream().mapToInt(e -> e.bytes).sum();
        List<ModelRecord> ready = log.stream().filter(e -> canGo(e, now)).toList();
        boolean mustGo = !ready.isEmpty() && (out.isEmpty() || ready.stream().allMatch(e -> e.bytes <= room));
        if (mustGo) {
            fail("offset %d could go, but nothing is dispatched", ready.get(0).offset);
        }
    }

    /** No record of the log below the committed offset, or called settled above it, is unsettled. */
    void checkCommit(Commit commit) {
        Checkpoint told = CommitMetadata.decode(commit.offset(), commit.metadata());
        boolean complete = tellsEverything();
        boolean degraded = false;
        for (ModelRecord entry : log) {
            boolean settled = isSettled(told, entry.offset);
            if (settled && entry.state != State.SETTLED) {
                fail("%s: offset %d is %s", commit, entry.offset, entry.state);
            }
            if (!settled && entry.state == State.SETTLED) {
                degraded = true;
            } else if (settled && degraded && entry.offset >= commit.offset()) {
                fail("%s tells of offset %d but not of a nearer one", commit, entry.offset);
            }
            if (complete && !settled && entry.state == State.SETTLED) {
                fail("%s does not tell that offset %d is settled", commit, entry.offset);
            }
        }
        checkFailures(told, complete);
        checkPosition(commit.offset());
    }

    /** The position is at the first unsettled record, or beyond everything received. */
    private void checkPosition(long position) {
        List<ModelRecord> held = held();
        boolean lags = held.isEmpty()
                ? log.stream().anyMatch(e -> e.received && e.offset >= position)
                : held.get(0).offset != position;
        if (lags) {
            fail("position %d lags behind", position);
        }
    }

    private void checkFailures(Checkpoint told, boolean complete) {
        for (ModelRecord entry : log) {
            int refusals = entry.state == State.SETTLED ? 0 : entry.attempts;
            int toldRefusals = refusalsOf(told, entry.offset);
            if (toldRefusals != refusals && (complete || toldRefusals != 0)) {
                fail("offset %d was refused %d times, told is %d", entry.offset, refusals, toldRefusals);
            }
        }
    }

    private static boolean isSettled(Checkpoint told, long offset) {
        return offset < told.position()
                || told.settled().stream().anyMatch(range -> range.from() <= offset && offset < range.to());
    }

    private static int refusalsOf(Checkpoint told, long offset) {
        return told.failed().stream()
                .filter(failed -> failed.offset() == offset)
                .mapToInt(Checkpoint.Failed::attempts)
                .sum();
    }

    void committed(Commit commit) {
        Checkpoint told = CommitMetadata.decode(commit.offset(), commit.metadata());
        for (ModelRecord entry : log) {
            entry.durablySettled = entry.state == State.SETTLED || entry.offset < commit.offset();
            entry.durableAttempts = entry.attempts;
            entry.durableFirstFailureAt = entry.firstFailureAt;
            if (!tellsEverything()) {
                entry.durablySettled = isSettled(told, entry.offset);
                entry.durableAttempts = refusalsOf(told, entry.offset);
            }
        }
    }

    private boolean tellsEverything() {
        return limits.maxMetadataChars() >= CommitMetadata.MAX_CHARS;
    }

    /** The partition starts anew from what the broker was told. */
    void restarted() {
        ghosts.clear();
        lastDispatchOfLane.clear();
        log.forEach(ModelRecord::restart);
    }

    /** The consumer goes back to {@code offset}: what is there is to be received and delivered as if for the first time. */
    void rewound(long offset) {
        for (int i = 0; i < log.size(); i++) {
            ModelRecord old = log.get(i);
            if (old.offset >= offset) {
                if (old.state == State.IN_FLIGHT) {
                    ghosts.add(old);
                }
                log.set(i, old.receivedNever());
            }
        }
    }

    void truncated(long offset) {
        rewound(offset);
        log.removeIf(entry -> entry.offset >= offset);
    }
}
