package io.sluice.core.health;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells in the log that calls are refused because too many wait: at first, each minute while it lasts, and when it is over.
 * Belongs to one context.
 */
public final class Overload {
    private static final Logger log = LoggerFactory.getLogger(Overload.class);
    private static final long AGAIN_AFTER_NANOS = Duration.ofMinutes(1).toNanos();
    private static final long OVER_AFTER_NANOS = Duration.ofSeconds(5).toNanos();

    private final String kind;
    private final String name;
    private boolean lasting;
    private long refused;
    private long toldAt;
    private long lastAt;

    /** Of {@code name}, a {@code kind} of which there are several, for the log. */
    public Overload(String kind, String name) {
        this.kind = kind;
        this.name = name;
    }

    /**
     * A call was refused.
     *
     * @param now {@link System#nanoTime()}
     */
    public void refused(long now) {
        refused++;
        lastAt = now;
        if (!lasting || now - toldAt > AGAIN_AFTER_NANOS) {
            lasting = true;
            toldAt = now;
            log.atWarn()
                    .addKeyValue(kind, name)
                    .addKeyValue("refused", refused)
                    .log("calls are answered 503: too many wait for Kafka; see whether Kafka is slow, or give the"
                            + " gateway more heap (-Xmx)");
        }
    }

    /** Whether calls were refused not long ago; then {@link #accepted} is to be called. */
    public boolean isLasting() {
        return lasting;
    }

    /** A call was not refused. */
    public void accepted(long now) {
        if (lasting && now - lastAt > OVER_AFTER_NANOS) {
            lasting = false;
            log.atInfo().addKeyValue(kind, name).addKeyValue("refused", refused).log("calls are accepted again");
            refused = 0;
        }
    }
}
