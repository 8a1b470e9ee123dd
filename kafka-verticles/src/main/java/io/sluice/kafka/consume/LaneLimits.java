package io.sluice.kafka.consume;

import io.sluice.core.binding.KafkaBinding;
import io.sluice.kafka.consume.progress.PartitionLimits;

/** How much of a partition is held, in flight and committed, as its binding has it. */
final class LaneLimits {
    private static final long LEAST_BYTES = 4L * 1024 * 1024;
    /** The default of the brokers' {@code offset.metadata.max.bytes}. */
    static final int METADATA_CHARS = 4096;

    private LaneLimits() {}

    static PartitionLimits of(KafkaBinding binding) {
        int maxInFlight = Math.max(1, binding.delivery().maxInFlight());
        long maxBytes = Math.max(LEAST_BYTES, 2L * binding.consumer().fetchDefault());
        return new PartitionLimits(
                Math.max(maxInFlight, binding.consumer().channelBufferSize()),
                maxBytes,
                maxInFlight,
                maxBytes,
                METADATA_CHARS);
    }
}
