package io.sluice.kafka.produce;

import io.vertx.core.Context;
import org.apache.kafka.clients.producer.Producer;

/**
 * Records that a producer did not take because it does not know the topic any more, or not so many partitions of it. Their
 * attempt makes the client ask the brokers, so they are offered again before they are refused. Belongs to one context.
 */
final class UntakenRecords {
    /** Longer in sum than the client may put off asking its brokers: up to 1.2 s while other topics are missing. */
    private static final long[] PAUSES_MS = {50, 150, 450, 1_350};

    private static final int MOST_ATTEMPTS = PAUSES_MS.length + 1;

    private final Context context;
    private final String topic;
    private final OutputFailures failures;
    private final TopicGate gate;

    UntakenRecords(Context context, String topic, OutputFailures failures, TopicGate gate) {
        this.context = context;
        this.topic = topic;
        this.failures = failures;
        this.gate = gate;
    }

    /** @param next the attempt after the one that met {@code error} in {@code used} */
    void again(Submission next, Producer<byte[], byte[]> used, Throwable error) {
        Integer wanted = next.record().partition();
        int partitions = wanted == null ? 0 : partitions(used);
        if (next.attempt() > MOST_ATTEMPTS) {
            next.refuse(
                    wanted != null && partitions > 0
                            ? RecordMapper.partitionOutOfRange(wanted, partitions)
                            : failures.of(error));
        } else if (partitions > 0) {
            context.owner().setTimer(PAUSES_MS[next.attempt() - 2], timer -> gate.pass(next));
        } else {
            gate.reopen(next);
        }
    }

    /** How many the producer knows of, 0 when it does not know the topic. */
    private int partitions(Producer<byte[], byte[]> used) {
        try {
            return used.partitionsFor(topic).size();
        } catch (RuntimeException e) {
            return 0;
        }
    }
}
