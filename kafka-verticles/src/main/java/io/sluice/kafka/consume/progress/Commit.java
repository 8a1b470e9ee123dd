package io.sluice.kafka.consume.progress;

/**
 * What is committed for a partition.
 *
 * @param offset where the next owner starts, negative for a partition that never had a commit
 * @param metadata the text that Kafka keeps with the offset, see {@link CommitMetadata}
 */
public record Commit(long offset, String metadata) {
    public static final Commit NONE = new Commit(-1, "");
}
