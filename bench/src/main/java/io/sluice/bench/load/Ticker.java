package io.sluice.bench.load;

import java.nio.channels.Selector;
import java.util.concurrent.locks.LockSupport;

/**
 * Wakes a selector at an open loop's send times; for a closed loop it does nothing. A selector waits in whole
 * milliseconds, too coarse for one request a millisecond; a parked thread is late by some 50 microseconds, the same
 * for every program.
 */
final class Ticker {
    private final Thread thread;

    private Ticker(Thread thread) {
        this.thread = thread;
    }

    static Ticker start(LoadShape shape, Selector selector, long begin) {
        var thread = new Thread(() -> tick(shape, selector, begin), "ticker");
        thread.setDaemon(true);
        thread.start();
        return new Ticker(thread);
    }

    private static void tick(LoadShape shape, Selector selector, long begin) {
        long due = begin;
        while (shape.isOpen() && !Thread.currentThread().isInterrupted()) {
            long wait = due - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(wait);
            } else {
                selector.wakeup();
                due += shape.intervalNanos();
            }
        }
    }

    void stop() {
        thread.interrupt();
    }
}
