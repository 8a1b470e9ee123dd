package io.sluice.http.deliver;

import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells in the log that the app gets no records: when that begins, each minute as long as it lasts, and when it is over. Belongs to
 * one context.
 */
final class AppTrouble {
    private static final Logger log = LoggerFactory.getLogger(AppTrouble.class);
    private static final long NONE = -1;
    /** An app that starts beside the gateway needs a while. */
    private static final long FIRST_MILLIS = 4_000;

    private static final long AGAIN_MILLIS = 60_000;
    /** Between two beginnings that are told, so that an app that comes and goes does not fill the log. */
    private static final long APART_MILLIS = 10_000;

    private final Vertx vertx;
    private final String address;
    private final String remedy;
    private String reason = "";
    private boolean told;
    private long earliest = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(FIRST_MILLIS);
    private long timer = NONE;

    /** @param remedy what may help, for an operator */
    AppTrouble(Vertx vertx, String address, String remedy) {
        this.vertx = vertx;
        this.address = address;
        this.remedy = remedy;
    }

    /** Why the app gets nothing, now. */
    void lasts(String why) {
        reason = why;
        if (timer != NONE) {
            return;
        }
        long wait = earliest - System.nanoTime();
        if (wait > 0) {
            tellIn(TimeUnit.NANOSECONDS.toMillis(wait));
        } else {
            tell();
        }
    }

    private void tell() {
        told = true;
        earliest = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(APART_MILLIS);
        log.atWarn()
                .addKeyValue("reason", reason)
                .addKeyValue("remedy", remedy)
                .log("the app is not healthy: it gets no records");
        tellIn(AGAIN_MILLIS);
    }

    private void tellIn(long millis) {
        timer = vertx.setTimer(Math.max(1, millis), due -> tell());
    }

    /** @param news whether it is to be told also when nobody was told that it lasted */
    void isOver(boolean news) {
        forget();
        if (told || news) {
            log.atInfo().addKeyValue("address", address).log("the app is healthy");
        }
        if (news) {
            earliest = System.nanoTime();
        }
        told = false;
    }

    /** Tells nothing any more. */
    void forget() {
        if (timer != NONE) {
            vertx.cancelTimer(timer);
            timer = NONE;
        }
    }
}
