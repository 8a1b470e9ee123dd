package io.sluice.kafka.consume.poll;

import io.sluice.kafka.consume.progress.Commit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;

/** What happens to a consumer, in the order in which it happens; all are called on the poller's thread. */
public interface PollEvents {

    /** Records of these partitions follow; none, when the group has no partition for this member. */
    void assigned(List<Assignment> assignments);

    /**
     * This member has no partition.
     *
     * @param topicExists whether other members have them all, or there are none to have
     */
    void idle(boolean topicExists);

    /**
     * Records, or positions that moved without any.
     *
     * @param number counts these events, from 0: what is committed would pass over the records of one that is missing
     * @param taken to be called when they were taken; the next ones are held back until then
     */
    void polled(long number, ConsumerRecords<byte[], byte[]> records, Runnable taken);

    /** Partitions go on elsewhere than where they were; records from there follow. */
    void jumped(List<Jump> jumps);

    /** The next record of a partition cannot be read, as {@link Assignment#unreadable} has it; others go on. */
    void unreadable(Assignment assignment);

    /** It can be read now, or was skipped. */
    void readable(Assignment assignment);

    /**
     * Partitions are about to go to another member, which waits for the answer.
     *
     * @return what to commit of them; nothing will be committed of them after that
     */
    CompletionStage<Map<Assignment, Commit>> revoked(List<Assignment> assignments);

    /** Other members may have the partitions already: nothing of them may be committed any more. */
    void lost(List<Assignment> assignments);

    /** @param error why the broker did not take the commits, null when it did */
    void committed(Map<Assignment, Commit> commits, @Nullable Throwable error);

    /** The last event: the consumer is closed. */
    void ended(@Nullable Throwable failure);
}
