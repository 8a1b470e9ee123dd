package io.sluice.bench.deliver;

import org.HdrHistogram.Histogram;

/**
 * What one program reached in one case: in one round, or the medians over all.
 *
 * @param recordsPerSecond delivered while a backlog was drained
 * @param cpuMicros CPU time of the program under test per record of the drain, without the JIT compiler's
 * @param jitMicros that of the compiler, which a process pays once and not for each record
 * @param rate records a second of the fixed rate
 * @param p50 milliseconds from the time a record of the fixed rate was due to be produced to its arrival at the app
 * @param p99 likewise
 */
public record Figures(double recordsPerSecond, double cpuMicros, double jitMicros, int rate, double p50, double p99) {
    /** All CPU time per record. */
    public double allMicros() {
        return cpuMicros + jitMicros;
    }

    static Figures of(Drained drained, int rate, Histogram nanos) {
        return new Figures(
                drained.recordsPerSecond(),
                drained.workMicrosPerRecord(),
                drained.compilingMicrosPerRecord(),
                rate,
                nanos.getValueAtPercentile(50) / 1e6,
                nanos.getValueAtPercentile(99) / 1e6);
    }
}
