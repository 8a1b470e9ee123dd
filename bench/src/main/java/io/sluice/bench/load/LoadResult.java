package io.sluice.bench.load;

import org.HdrHistogram.Histogram;

/**
 * What one load saw.
 *
 * @param latencies nanoseconds from the time a request was meant to be sent to its answer; those answered 204 whose
 *     send time lies in the measured window
 * @param seconds length of the measured window
 * @param cpuMicros CPU time of the program under test during the measured window
 * @param failed requests answered otherwise than 204 or not at all, the warm-up included
 */
public record LoadResult(Histogram latencies, double seconds, long cpuMicros, long failed) {
    public double requestsPerSecond() {
        return latencies.getTotalCount() / seconds;
    }

    public double cpuMicrosPerRequest() {
        return (double) cpuMicros / Math.max(1, latencies.getTotalCount());
    }

    public double latencyMillis(double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1e6;
    }
}
