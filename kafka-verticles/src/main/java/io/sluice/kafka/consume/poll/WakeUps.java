package io.sluice.kafka.consume.poll;

import java.util.function.Supplier;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls of a consumer beside its poll, which a wake-up that was meant for the poll must not end. */
final class WakeUps {
    private static final Logger log = LoggerFactory.getLogger(WakeUps.class);
    /** A consumer may have been woken just when it went on by itself; the flag is gone after one exception. */
    private static final int STALE = 3;

    private WakeUps() {}

    static <T> T ignoring(Supplier<T> call) {
        for (int i = 0; i < STALE; i++) {
            try {
                return call.get();
            } catch (WakeupException e) {
                log.trace("a wake-up came late");
            }
        }
        return call.get();
    }
}
