package io.sluice.bench.deliver;

/** The difference of two marks. */
record Drained(int records, long nanos, long cpuMicros) {
    /**
     * How far a program is.
     *
     * @param delivered records
     * @param nanoTime when
     * @param cpuMicros CPU time it has used
     */
    record Mark(int delivered, long nanoTime, long cpuMicros) {}

    static Drained between(Mark from, Mark to) {
        return new Drained(to.delivered - from.delivered, to.nanoTime - from.nanoTime, to.cpuMicros - from.cpuMicros);
    }

    double recordsPerSecond() {
        return records * 1e9 / nanos;
    }

    double cpuMicrosPerRecord() {
        return (double) cpuMicros / Math.max(1, records);
    }
}
