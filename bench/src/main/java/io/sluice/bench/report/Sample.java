package io.sluice.bench.report;

import io.sluice.bench.load.LoadResult;

/**
 * The figures of one program under one load: of one round, or the medians over all.
 *
 * @param requestsPerSecond answered 204
 * @param p50 milliseconds, as all percentiles
 * @param cpuMicros CPU time of the program under test per request
 * @param failed requests not answered 204; summed up, not a median
 */
public record Sample(double requestsPerSecond, double p50, double p99, double p999, double cpuMicros, long failed) {
    public static Sample of(LoadResult result) {
        return new Sample(
                result.requestsPerSecond(),
                result.latencyMillis(50),
                result.latencyMillis(99),
                result.latencyMillis(99.9),
                result.cpuMicrosPerRequest(),
                result.failed());
    }

    /** The same figures with failures of a warm-up added. */
    public Sample plusFailed(long more) {
        return new Sample(requestsPerSecond, p50, p99, p999, cpuMicros, failed + more);
    }
}
