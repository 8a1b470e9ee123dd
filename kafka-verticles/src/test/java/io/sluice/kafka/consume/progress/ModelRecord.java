package io.sluice.kafka.consume.progress;

/** A record of the log, and what {@link PartitionModel} knows of it in this assignment. */
final class ModelRecord {
    enum State {
        OPEN,
        IN_FLIGHT,
        RETRYING,
        BLOCKED,
        SETTLED
    }

    static final int NO_KEY = -1;

    final long offset;
    final int key;
    final int bytes;
    boolean received;
    State state = State.OPEN;
    long retryAt;
    /** It was refused or is blocked, so that what is behind it in its lane cannot move. */
    boolean stuck;

    int attempts;
    long firstFailureAt;
    /** When the record became the first of its lane that can go, counted in dispatches; -1 while it cannot. */
    int readySince = -1;

    // What the last commit told the broker.
    boolean durablySettled;
    int durableAttempts;
    long durableFirstFailureAt;

    ModelRecord(long offset, int key, int bytes) {
        this.offset = offset;
        this.key = key;
        this.bytes = bytes;
    }

    /** The same record of the log, before anything happened to it. */
    ModelRecord receivedNever() {
        var fresh = new ModelRecord(offset, key, bytes);
        fresh.durablySettled = durablySettled;
        fresh.durableAttempts = durableAttempts;
        fresh.durableFirstFailureAt = durableFirstFailureAt;
        return fresh;
    }

    /** Back to what the broker was told. */
    void restart() {
        received = false;
        stuck = false;
        state = durablySettled ? State.SETTLED : State.OPEN;
        attempts = durableAttempts;
        firstFailureAt = durableFirstFailureAt;
        readySince = -1;
    }
}
