package io.sluice.kafka.consume;

import java.util.function.LongSupplier;

/** Milliseconds since the epoch that never go back, whatever is done to the machine's clock. Safe for use from any thread. */
final class SteadyClock implements LongSupplier {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final long startMillis = System.currentTimeMillis();
    private final long startNanos = System.nanoTime();

    @Override
    public long getAsLong() {
        return startMillis + (System.nanoTime() - startNanos) / NANOS_PER_MILLI;
    }
}
