package io.sluice.http.deliver;

import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** Says the first time of something that happens often, and then each minute how often it has happened since. */
final class Occasionally {
    private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private boolean said;
    private long saidAt;
    private long unsaid;

    /** @param say gets how often it has happened since it was said, this time not counted */
    void at(long nanoTime, LongConsumer say) {
        if (said && nanoTime - saidAt < PAUSE_NANOS) {
            unsaid++;
            return;
        }
        said = true;
        saidAt = nanoTime;
        say.accept(unsaid);
        unsaid = 0;
    }
}
