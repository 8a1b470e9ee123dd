package io.sluice.kafka.consume.progress;

/**
 * What is committed for a partition.
 *
 * @param offset where the next owner starts, negative for a partition that never had a commit
 * @param leaderEpoch of the log up to the offset, by which its next reader notices that the log was cut below it; negative
 *     when it is not known
 * @param metadata the text that Kafka keeps with the offset, see {@link CommitMetadata}
 */
public record Commit(long offset, int leaderEpoch, String metadata) {
    /** Of a record or an offset without a leader epoch. */
    public static final int NO_EPOCH = -1;

    public static final Commit NONE = new Commit(-1, "");

    /** Without a leader epoch. */
    public Commit(long offset, String metadata) {
        this(offset, NO_EPOCH, metadata);
    }
}
