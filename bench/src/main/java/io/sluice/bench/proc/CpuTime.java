package io.sluice.bench.proc;

/**
 * CPU time that a JVM has used so far.
 *
 * @param work microseconds of all threads that live but the JIT compiler's
 * @param compiling microseconds of the rest: the compiler's, which comes to an end, and that of threads that are gone
 */
public record CpuTime(long work, long compiling) {
    public CpuTime minus(CpuTime earlier) {
        return new CpuTime(work - earlier.work, Math.max(0, compiling - earlier.compiling));
    }
}
