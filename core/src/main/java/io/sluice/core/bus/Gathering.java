package io.sluice.core.bus;

/**
 * How many results are gathered before they are passed on, though more of the same tick may follow. The first of few in flight
 * goes on alone: who waits for it has nothing else to do. Of many, a share fills a message and keeps both sides busy.
 */
public final class Gathering {
    private static final int SHARE = 8;
    private static final int MOST = 16;

    private Gathering() {}

    /** @return 1 to 16, an eighth of {@code inFlight} between them */
    public static int enough(int inFlight) {
        return Math.max(1, Math.min(MOST, inFlight / SHARE));
    }
}
