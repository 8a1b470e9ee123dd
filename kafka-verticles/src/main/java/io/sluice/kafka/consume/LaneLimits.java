package io.sluice.kafka.consume;

import io.sluice.core.binding.ConsumerSettings;
import io.sluice.core.binding.KafkaBinding;
import io.sluice.kafka.consume.poll.ConsumerProperties;
import io.sluice.kafka.consume.progress.Commit;
import io.sluice.kafka.consume.progress.PartitionLimits;
import io.sluice.kafka.consume.progress.PartitionProgress;
import io.sluice.kafka.consume.progress.RetrySchedule;
import java.util.concurrent.ThreadLocalRandom;

/** How much of a partition is held, in flight and committed, as its binding has it. */
final class LaneLimits {
    /** The default of the brokers' {@code offset.metadata.max.bytes}. */
    static final int METADATA_CHARS = 4096;

    private LaneLimits() {}

    static PartitionLimits of(KafkaBinding binding) {
        int maxInFlight = Math.max(1, binding.delivery().maxInFlight());
        long maxBytes = ConsumerProperties.mostBytes(binding.consumer());
        return new PartitionLimits(
                Math.max(maxInFlight, binding.consumer().channelBufferSize()),
                maxBytes,
                maxInFlight,
                maxBytes,
                METADATA_CHARS);
    }

    /** Of a partition of which {@code committed} was committed. */
    static <R> PartitionProgress<R> progress(KafkaBinding binding, Commit committed) {
        ConsumerSettings consumer = binding.consumer();
        var retries = new RetrySchedule(consumer.retryEnabled(), consumer.backOff(), () -> ThreadLocalRandom.current()
                .nextDouble());
        return new PartitionProgress<>(of(binding), binding.delivery().ordering(), retries, committed);
    }
}
