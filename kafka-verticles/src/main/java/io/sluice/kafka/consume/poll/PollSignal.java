package io.sluice.kafka.consume.poll;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;

/** Ends a poll early because something else is to be done, and nothing but a poll. Safe for use from any thread. */
final class PollSignal {
    /** A permit for each wish for another turn that has not begun yet. */
    private final Semaphore wanted = new Semaphore(0);
    /** True while the thread is in poll and nobody has woken it. */
    private final AtomicBoolean sleeping = new AtomicBoolean();

    private volatile @Nullable Consumer<?, ?> consumer;

    /** Null when there is none to be woken any more. */
    void consumer(@Nullable Consumer<?, ?> polled) {
        consumer = polled;
    }

    /** The poll that is under way ends, or the next one does not wait. */
    void wake() {
        wanted.release();
        endPoll();
    }

    private void endPoll() {
        Consumer<?, ?> polled = consumer;
        if (polled != null && sleeping.compareAndSet(true, false)) {
            polled.wakeup();
        }
    }

    /** A turn begins: it heeds all that was wanted until now. */
    void turnBegins() {
        wanted.drainPermits();
    }

    /** A wake-up while the consumer does something else than wait would break that. */
    void busy() {
        sleeping.set(false);
    }

    void asleep() {
        sleeping.set(true);
        if (wanted.availablePermits() > 0) {
            endPoll();
        }
    }

    /** Waits without a poll. */
    void await(long nanos) throws InterruptedException {
        // The permit is the next turn's, which begins at once.
        var unused = wanted.tryAcquire(nanos, TimeUnit.NANOSECONDS);
    }
}
