package io.sluice.bench.deliver;

import io.sluice.bench.proc.CpuTime;

/** The difference of two marks. */
record Drained(int records, long nanos, CpuTime cpu) {
    /**
     * How far a program is.
     *
     * @param delivered records
     * @param nanoTime when
     * @param cpu time it has used
     */
    record Mark(int delivered, long nanoTime, CpuTime cpu) {}

    static Drained between(Mark from, Mark to) {
        return new Drained(to.delivered - from.delivered, to.nanoTime - from.nanoTime, to.cpu.minus(from.cpu));
    }

    double recordsPerSecond() {
        return records * 1e9 / nanos;
    }

    double workMicrosPerRecord() {
        return (double) cpu.work() / Math.max(1, records);
    }

    double compilingMicrosPerRecord() {
        return (double) cpu.compiling() / Math.max(1, records);
    }
}
