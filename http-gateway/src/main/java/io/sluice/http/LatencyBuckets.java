package io.sluice.http;

/** The buckets of Dapr's latency metrics. */
public final class LatencyBuckets {
    private static final double[] MILLIS = {
        1, 2, 3, 4, 5, 6, 8, 10, 13, 16, 20, 25, 30, 40, 50, 65, 80, 100, 130, 160, 200, 250, 300, 400, 500, 650, 800,
        1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000
    };

    private LatencyBuckets() {}

    /** Upper bounds in milliseconds; the array is the caller's. */
    public static double[] millis() {
        return MILLIS.clone();
    }
}
