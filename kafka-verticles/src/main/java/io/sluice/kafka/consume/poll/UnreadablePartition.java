package io.sluice.kafka.consume.poll;

/** A partition that is held because its next record cannot be read. Belongs to the poller's thread. */
final class UnreadablePartition {
    private static final long NONE = -1;

    final Assignment assignment;
    /** Of the record. */
    long offset;
    /** When the record is read again; nanoseconds of this process. */
    long tryAgainAt;
    /** Whether that is under way. */
    boolean isTried;

    long skippedFrom = NONE;
    /** The end of the log when skipping began: what comes behind it is told anew if it cannot be read. */
    long skippedUpTo = NONE;

    UnreadablePartition(Assignment assignment) {
        this.assignment = assignment;
    }

    /** Whether the record is passed over on request, with those behind it that cannot be read either. */
    boolean isSkipped() {
        return skippedFrom != NONE;
    }
}
