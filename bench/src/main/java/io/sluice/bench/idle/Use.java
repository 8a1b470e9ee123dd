package io.sluice.bench.idle;

import io.sluice.bench.proc.Child;
import io.sluice.bench.proc.CpuTime;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * CPU of a program over a while, in percent of one core, and its resident memory.
 *
 * @param after seconds from its ready line to the begin of the while
 * @param compiling what of {@code percent} was the JIT compiler's
 * @param residentKib at the end of the while
 */
public record Use(String program, int after, double percent, double compiling, long residentKib) {

    /** Looks at a program for a while, which takes as long. */
    public static Use of(String program, Child child, int after, Duration length) throws InterruptedException {
        CpuTime from = child.cpuTime();
        long start = System.nanoTime();
        TimeUnit.NANOSECONDS.sleep(length.toNanos());
        CpuTime used = child.cpuTime().minus(from);
        double micros = (System.nanoTime() - start) / 1e3;
        return new Use(
                program,
                after,
                100 * (used.work() + used.compiling()) / micros,
                100 * used.compiling() / micros,
                child.memory().residentKib());
    }
}
