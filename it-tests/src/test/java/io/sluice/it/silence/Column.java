package io.sluice.it.silence;

import java.util.Locale;

/** Where a trouble must be seen, and that it is over. */
enum Column {
    LOG,
    HEALTH,
    METRIC,
    PARTITIONS,
    OVER;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
