package io.sluice.kafka.client;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets few clients be opened side by side: a start with hundreds of bindings would otherwise want the memory and the
 * processors for all of them at once, while calls are served. Safe for use from any thread.
 */
final class Openings {
    /** A name that does not resolve may take that long for each attempt, and others have names that do. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private final Semaphore places;
    private final Duration longestWait;

    /** As many side by side as there are processors. */
    Openings() {
        this(Runtime.getRuntime().availableProcessors(), LONGEST_WAIT);
    }

    /** @param longestWait after which one is opened beside the others */
    Openings(int sideBySide, Duration longestWait) {
        this.places = new Semaphore(sideBySide, true);
        this.longestWait = longestWait;
    }

    /** Opens a client when it is its turn; blocks until then. */
    <T> T open(Supplier<T> opener) {
        boolean placed = awaitPlace();
        try {
            return opener.get();
        } finally {
            if (placed) {
                places.release();
            }
        }
    }

    private boolean awaitPlace() {
        try {
            return places.tryAcquire(longestWait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
