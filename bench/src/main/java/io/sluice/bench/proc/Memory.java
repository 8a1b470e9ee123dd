package io.sluice.bench.proc;

/**
 * Resident memory of a process.
 *
 * @param residentKib now (VmRSS)
 * @param peakKib the most since its start (VmHWM)
 */
public record Memory(long residentKib, long peakKib) {}
