package io.sluice.it.chaos;

import io.sluice.core.binding.BackOff;
import io.sluice.core.binding.BackOff.Policy;
import io.sluice.core.binding.DeliverySettings.Ordering;
import io.sluice.kafka.consume.progress.Attempt;
import io.sluice.kafka.consume.progress.Commit;
import io.sluice.kafka.consume.progress.PartitionLimits;
import io.sluice.kafka.consume.progress.PartitionProgress;
import io.sluice.kafka.consume.progress.RetrySchedule;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/** What a gateway does with a partition that goes on from what a broker has of it. */
final class NextOwner {
    private static final int MANY = 1_000_000;
    private static final PartitionLimits NO_LIMITS = new PartitionLimits(MANY, MANY, MANY, MANY, 4096);

    private NextOwner() {}

    /** The offsets below {@code end} that are delivered again. */
    static Set<Long> delivers(OffsetAndMetadata committed, long end) {
        var none = Duration.ZERO;
        var noRetries =
                new RetrySchedule(false, new BackOff(Policy.CONSTANT, none, none, 0, 1, none, none, 0), () -> 0);
        var commit = new Commit(committed.offset(), committed.metadata());
        var progress = new PartitionProgress<Long>(NO_LIMITS, Ordering.NONE, noRetries, commit);
        for (long offset = committed.offset(); offset < end; offset++) {
            progress.received(offset, null, 0, offset, 0);
        }
        var delivered = new HashSet<Long>();
        Optional<Attempt<Long>> next = progress.next(0);
        for (; next.isPresent(); next = progress.next(0)) {
            delivered.add(next.get().offset());
        }
        return delivered;
    }
}
