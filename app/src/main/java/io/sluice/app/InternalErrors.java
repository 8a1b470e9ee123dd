package io.sluice.app;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.core.health.Health;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * What no code of the gateway caught, on its event loops, its workers and its threads: logged, counted, and the health target
 * {@code internal} until {@link #QUIET} have passed without another one. Safe for use from any thread.
 */
final class InternalErrors {
    static final Duration QUIET = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(InternalErrors.class);
    private static final String TARGET = "internal";
    /** What comes with every record must not fill the log. */
    private static final int MOST_LINES = 10;

    private final Health health;
    private final LongSupplier nanoTime;
    private final AtomicLong count = new AtomicLong();
    private long minuteSince;
    private int lines;
    private long untold;
    private long lastAt;
    private @Nullable Vertx vertx;
    private boolean waiting;
    private boolean silent;

    InternalErrors(Health health) {
        this(health, System::nanoTime);
    }

    InternalErrors(Health health, LongSupplier nanoTime) {
        this.health = health;
        this.nanoTime = nanoTime;
        this.minuteSince = nanoTime.getAsLong();
    }

    /** Hears of what nobody catches on the event loops and workers of {@code vertx}, from now on. */
    synchronized void follow(Vertx followed) {
        vertx = followed;
        health.ready(TARGET, true);
        followed.exceptionHandler(error -> report(Thread.currentThread(), error));
    }

    /** Counts them on the metrics page. */
    void show(MeterRegistry registry, String appId) {
        FunctionCounter.builder("sluice_internal_errors", count, AtomicLong::get)
                .description("Errors that no code of the gateway caught")
                .tag("app_id", appId)
                .register(registry);
    }

    /** {@code error} came out of {@code thread}. */
    synchronized void report(Thread thread, Throwable error) {
        if (silent) {
            LOG.debug("what is closed refuses what comes late", error);
            return;
        }
        count.incrementAndGet();
        lastAt = nanoTime.getAsLong();
        health.notReady(TARGET, true, detail(thread, error));
        log(thread, error);
        if (!waiting) {
            waitForQuiet();
        }
    }

    /** The gateway is being taken apart, which some things that are under way do not survive. */
    synchronized void fallSilent() {
        silent = true;
    }

    private void waitForQuiet() {
        if (vertx != null) {
            waiting = true;
            vertx.setTimer(QUIET.toMillis(), due -> look());
        }
    }

    /** The text of an error may be about a record, so it is for the log alone. */
    private String detail(Thread thread, Throwable error) {
        String remedy = error instanceof OutOfMemoryError
                ? "give the process more memory (-Xmx), and let it end and be restarted (-XX:+ExitOnOutOfMemoryError)"
                : "its log has the whole of it; please report it";
        return count + " internal errors since the start, the last one in " + thread.getName() + ": "
                + error.getClass().getName() + "; " + remedy;
    }

    private void log(Thread thread, Throwable error) {
        if (lastAt - minuteSince >= QUIET.toNanos()) {
            minuteSince = lastAt;
            lines = 0;
        }
        if (++lines > MOST_LINES) {
            untold++;
            return;
        }
        LoggingEventBuilder line = LOG.atError().addKeyValue("thread", thread.getName());
        if (untold > 0) {
            line = line.addKeyValue("more", untold);
            untold = 0;
        }
        line.setCause(error).log("internal error: nothing caught it, and the gateway goes on; please report it");
    }

    /** The target is as it should be again, unless there was another error meanwhile. */
    synchronized void look() {
        waiting = false;
        if (nanoTime.getAsLong() - lastAt < QUIET.toNanos()) {
            waitForQuiet();
        } else {
            health.ready(TARGET, true);
            LOG.info("no internal error for a minute");
        }
    }
}
