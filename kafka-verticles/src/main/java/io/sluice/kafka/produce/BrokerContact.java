package io.sluice.kafka.produce;

import io.sluice.kafka.client.NetworkThread;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.jspecify.annotations.Nullable;

/**
 * Whether a producer is in contact with its brokers, as far as that can be told without sending: what it is given while it
 * is not would wait in its buffer, from where nobody can take it back.
 *
 * <p>Contact is lost when there is no connection to any broker; also when the cluster was found to be unreachable and no
 * broker has answered this producer since; and for good when its network thread has ended. Belongs to one context.
 */
final class BrokerContact {
    private static final long SILENCE_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long LOOK_EVERY_NANOS = Duration.ofMillis(50).toNanos();
    private static final String GROUP = "producer-metrics";

    private @Nullable Producer<byte[], byte[]> observed;
    private @Nullable Metric connections;
    private @Nullable Metric responses;
    private long lookedAt = System.nanoTime();
    private boolean doubtful;
    private long doubtfulSince;
    private double heardBefore;
    private boolean forsaken;

    /** Whether it is time to look again; looking for each call would be dear. */
    boolean isDue(long now) {
        return now - lookedAt > LOOK_EVERY_NANOS;
    }

    /**
     * @param unreachable what others have found of the cluster
     * @param now {@link System#nanoTime()}
     */
    boolean isLost(Producer<byte[], byte[]> producer, boolean unreachable, long now) {
        lookedAt = now;
        observe(producer);
        if (NetworkThread.hasEnded(producer)) {
            forsaken = true;
            return true;
        }
        if (connections == null || responses == null) {
            return false;
        }
        if (value(connections) == 0) {
            return true;
        }
        double heard = value(responses);
        if (!unreachable) {
            doubtful = false;
            return false;
        }
        if (!doubtful || heard != heardBefore) {
            doubtful = true;
            doubtfulSince = now;
            heardBefore = heard;
        }
        return now - doubtfulSince > SILENCE_NANOS;
    }

    /** Whether, since it was asked last, a producer has lost its thread, so that what it was given it will not tell of. */
    boolean isForsaken() {
        boolean since = forsaken;
        forsaken = false;
        return since;
    }

    private void observe(Producer<byte[], byte[]> producer) {
        if (producer != observed) {
            forsaken |= observed != null && NetworkThread.hasEnded(observed);
            observed = producer;
            doubtful = false;
            Map<MetricName, ? extends Metric> metrics = producer.metrics();
            connections = find(metrics, "connection-count");
            responses = find(metrics, "response-total");
        }
    }

    private static @Nullable Metric find(Map<MetricName, ? extends Metric> metrics, String name) {
        for (Metric metric : metrics.values()) {
            if (metric.metricName().name().equals(name)
                    && metric.metricName().group().equals(GROUP)) {
                return metric;
            }
        }
        return null;
    }

    private static double value(Metric metric) {
        return metric.metricValue() instanceof Number number ? number.doubleValue() : Double.NaN;
    }
}
