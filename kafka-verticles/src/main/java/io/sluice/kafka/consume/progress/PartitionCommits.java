package io.sluice.kafka.consume.progress;

import java.util.Optional;

/** What is committed of a partition, and what of a checkpoint is to be. */
final class PartitionCommits {
    private final LeaderEpochs epochs;
    private int metadataChars;
    private Commit committed;

    /** @param metadataChars longest metadata */
    PartitionCommits(Commit committed, int metadataChars) {
        this.committed = committed;
        this.metadataChars = metadataChars;
        this.epochs = new LeaderEpochs(committed);
    }

    LeaderEpochs epochs() {
        return epochs;
    }

    /** The broker takes no longer metadata. */
    void limitMetadata(int chars) {
        metadataChars = Math.min(metadataChars, chars);
    }

    /** Empty when that is what was committed last. */
    Optional<Commit> of(Checkpoint checkpoint) {
        var commit = new Commit(
                checkpoint.position(),
                epochs.before(checkpoint.position()),
                CommitMetadata.encode(checkpoint, metadataChars));
        return commit.equals(committed) ? Optional.empty() : Optional.of(commit);
    }

    /** The broker took the commit. */
    void taken(Commit commit) {
        committed = commit;
    }

    Commit last() {
        return committed;
    }
}
