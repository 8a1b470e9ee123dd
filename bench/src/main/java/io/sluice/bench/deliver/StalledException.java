package io.sluice.bench.deliver;

import java.time.Duration;

/** Records were produced and nothing arrives any more. */
public final class StalledException extends Exception {
    StalledException(int delivered, int produced, Duration silence) {
        super("%d of %d records were delivered, then none for %d s"
                .formatted(delivered, produced, silence.toSeconds()));
    }
}
