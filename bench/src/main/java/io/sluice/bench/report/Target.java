package io.sluice.bench.report;

import java.util.Locale;

/**
 * One figure of the gateway held against what it should be.
 *
 * @param what names the load and the figure
 * @param figure a ratio, or a difference in milliseconds
 * @param limit what the figure must not be above, or below if {@code atLeast}
 */
record Target(String what, double figure, double limit, boolean atLeast) {
    static Target atMost(String what, double figure, double limit) {
        return new Target(what, figure, limit, false);
    }

    static Target atLeast(String what, double figure, double limit) {
        return new Target(what, figure, limit, true);
    }

    boolean met() {
        return atLeast ? figure >= limit : figure <= limit;
    }

    /** Its row in the table of targets. */
    String row() {
        return String.format(
                Locale.ROOT,
                "| %s | %.2f | %s %.2f | %s |",
                what,
                figure,
                atLeast ? "≥" : "≤",
                limit,
                met() ? "pass" : "FAIL");
    }
}
