package io.sluice.bench.deliver;

import java.util.Locale;

/** What stays in order on delivery, as in a component file's {@code ordering}. */
public enum Ordering {
    PARTITION(1),
    KEY(64);

    private final int inFlight;

    Ordering(int inFlight) {
        this.inFlight = inFlight;
    }

    /** Deliveries in flight at once from one partition: the gateway's default. */
    public int inFlight() {
        return inFlight;
    }

    /** As in a component file. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
