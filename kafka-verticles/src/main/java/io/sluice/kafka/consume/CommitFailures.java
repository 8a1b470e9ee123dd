package io.sluice.kafka.consume;

import io.sluice.kafka.client.KafkaFailures;
import io.sluice.kafka.consume.progress.Commit;
import java.util.Collection;
import org.apache.kafka.common.errors.OffsetMetadataTooLarge;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of commits that a broker does not take. Belongs to the verticle's context. */
final class CommitFailures {
    private static final Logger log = LoggerFactory.getLogger(CommitFailures.class);
    /** Milliseconds; a rebalance or another leader of the group takes less. */
    private static final long TOLD_AFTER = 5_000;
    /** Shorter texts hold next to nothing. */
    private static final int LEAST_CHARS = 64;

    private static final long NONE = -1;

    private final Input input;
    private final String topic;
    private int metadataChars = LaneLimits.METADATA_CHARS;
    private long since = NONE;

    CommitFailures(Input input, String topic) {
        this.input = input;
        this.topic = topic;
    }

    /** The longest metadata that a broker may take. */
    int metadataChars() {
        return metadataChars;
    }

    void failed(Collection<Commit> commits, Throwable error, long now) {
        input.metrics().commitFailed();
        if (error instanceof OffsetMetadataTooLarge) {
            shorten(commits);
            return;
        }
        log.atDebug().addKeyValue("topic", topic).setCause(error).log("a commit failed and is repeated");
        since = since == NONE ? now : since;
        if (now - since >= TOLD_AFTER) {
            input.health()
                    .problem(
                            problem(),
                            "offsets of " + topic
                                    + " cannot be committed, so that what is settled would be delivered again"
                                    + " after a restart: " + KafkaFailures.message(error));
        }
    }

    private void shorten(Collection<Commit> commits) {
        int longest = commits.stream()
                .mapToInt(commit -> commit.metadata().length())
                .max()
                .orElse(0);
        boolean first = metadataChars == LaneLimits.METADATA_CHARS;
        metadataChars = longest / 2 < LEAST_CHARS ? 0 : longest / 2;
        if (first) {
            log.atWarn()
                    .addKeyValue("binding", input.name())
                    .addKeyValue("topic", topic)
                    .log("the brokers' offset.metadata.max.bytes is too small for what is settled above a committed"
                            + " offset: after a crash more records are delivered again; raise it to 4096");
        }
    }

    /** Whether the last commits were not taken, for another reason than their metadata. */
    boolean areLasting() {
        return since != NONE;
    }

    void succeeded() {
        if (since != NONE) {
            since = NONE;
            input.health().solved(problem());
        }
    }

    private String problem() {
        return "commits of " + topic;
    }
}
