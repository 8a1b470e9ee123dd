package io.sluice.bench.load;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.HdrHistogram.Histogram;

/**
 * One load on one thread.
 *
 * <pre>
 *   begin ──── warm-up ────► from ──── measured ────► until ── last answers ──►
 *                            CPU read                 CPU read
 * </pre>
 *
 * A request counts if the time it was meant for lies in the measured window, even if its answer comes later: a slow
 * answer is never left out.
 */
final class LoadRun implements AutoCloseable {
    private static final long LONGEST_NANOS = Duration.ofSeconds(60).toNanos();
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(20);
    private static final int SELECT_MILLIS = 10;
    private static final int STORED = 204;

    private final LoadGenerator generator;
    private final LoadShape shape;
    private final Window window;
    private final Selector selector;
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final Histogram latencies = new Histogram(LONGEST_NANOS, 3);
    private long from;
    private long until;
    private long failed;

    LoadRun(LoadGenerator generator, LoadShape shape, Window window) throws IOException {
        this.generator = generator;
        this.shape = shape;
        this.window = window;
        this.selector = Selector.open();
    }

    void connect() throws IOException {
        for (int i = 0; i < shape.connections(); i++) {
            idle.add(Connection.open(generator.target(), generator.template(), selector));
        }
    }

    LoadResult measure() throws IOException {
        long begin = System.nanoTime();
        from = begin + window.warmup().toNanos();
        until = from + window.measured().toNanos();
        var ticker = Ticker.start(shape, selector, begin);
        try {
            return measure(Schedule.of(shape, begin, until));
        } finally {
            ticker.stop();
        }
    }

    private LoadResult measure(Schedule schedule) throws IOException {
        long cpuAtStart = loadUntil(from, schedule);
        long cpuAtEnd = loadUntil(until, schedule);
        awaitLastAnswers(schedule);
        failed += shape.connections() - idle.size();
        return new LoadResult(latencies, window.measured().toNanos() / 1e9, cpuAtEnd - cpuAtStart, failed);
    }

    /** Keeps the load up until the deadline; returns the program's CPU time then. */
    private long loadUntil(long deadline, Schedule schedule) throws IOException {
        while (System.nanoTime() < deadline) {
            sendDue(schedule);
            receive(schedule);
        }
        return generator.cpuMicros().getAsLong();
    }

    /** Also sends what an open loop still owes: requests meant for the window that found no free connection. */
    private void awaitLastAnswers(Schedule schedule) throws IOException {
        long deadline = System.nanoTime() + LAST_ANSWERS.toNanos();
        sendDue(schedule);
        while (idle.size() < shape.connections() && System.nanoTime() < deadline) {
            receive(schedule);
        }
    }

    private void sendDue(Schedule schedule) throws IOException {
        while (!idle.isEmpty()) {
            long intended = schedule.take(System.nanoTime());
            if (intended == Schedule.NOT_YET) {
                return;
            }
            idle.remove().send(generator.ledger().issue(), intended);
        }
    }

    private void receive(Schedule schedule) throws IOException {
        selector.select(SELECT_MILLIS);
        var ready = selector.selectedKeys();
        for (SelectionKey key : ready) {
            receive((Connection) key.attachment());
            // At once, not after the others: requests should not arrive in bursts of the generator's making.
            sendDue(schedule);
        }
        ready.clear();
    }

    private void receive(Connection connection) throws IOException {
        int status = connection.receive();
        if (status == 0) {
            return;
        }
        if (status == STORED) {
            generator.ledger().acknowledge(connection.id());
            record(connection.intendedAt());
        } else {
            failed++;
        }
        idle.add(connection);
    }

    private void record(long intended) {
        if (intended >= from && intended < until) {
            latencies.recordValue(Math.min(System.nanoTime() - intended, LONGEST_NANOS));
        }
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            ((Connection) key.attachment()).close();
        }
        selector.close();
    }
}
