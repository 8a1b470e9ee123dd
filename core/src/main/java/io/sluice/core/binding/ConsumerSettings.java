package io.sluice.core.binding;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How records are fetched and how a refused one is tried again.
 *
 * @param group the consumer group, never empty
 * @param fetchDefault bytes asked for per partition and fetch
 * @param fetchMin bytes a broker waits for before it answers a fetch
 * @param channelBufferSize records fetched ahead per partition
 * @param groupInstanceId static membership, null for a dynamic member
 * @param retryEnabled {@code consumeRetryEnabled}
 * @param retryInterval pause before a failed consumer joins its group again
 */
public record ConsumerSettings(
        String group,
        InitialOffset initialOffset,
        Duration heartbeatInterval,
        Duration sessionTimeout,
        int fetchDefault,
        int fetchMin,
        int channelBufferSize,
        RebalanceStrategy rebalanceStrategy,
        IsolationLevel isolationLevel,
        @Nullable String groupInstanceId,
        GroupProtocol groupProtocol,
        boolean retryEnabled,
        Duration retryInterval,
        BackOff backOff) {

    /** The values of {@code initialOffset}. */
    public enum InitialOffset {
        NEWEST,
        OLDEST
    }

    /** The values of {@code consumerGroupRebalanceStrategy}. */
    public enum RebalanceStrategy {
        RANGE,
        STICKY,
        ROUNDROBIN
    }

    /** The values of {@code isolationLevel}. */
    public enum IsolationLevel {
        READ_UNCOMMITTED,
        READ_COMMITTED
    }

    /** The values of {@code groupProtocol}. */
    public enum GroupProtocol {
        CLASSIC,
        CONSUMER
    }
}
