package io.sluice.bench.deliver;

/**
 * One row of the report.
 *
 * @param appMillis milliseconds the app takes for a record
 */
public record DeliverCase(Topology topology, int appMillis) {
    /** What two cores shared with Kafka and the app are good for, even with one in flight. */
    private static final int MOST_PER_SECOND = 25_000;
    /** What a delivery to an app that takes its time takes beside that, in milliseconds; most is the app's timer. */
    private static final double OVERHEAD = 0.5;

    /** Records a second to be expected, roughly; a drain's length and the fixed rate follow from it. */
    int nominal() {
        return appMillis == 0
                ? MOST_PER_SECOND
                : (int) Math.min(MOST_PER_SECOND, topology.inFlight() * 1000 / (appMillis + OVERHEAD));
    }

    /** The wanted records a second, or half of what the case can do if that is less. */
    int rate(int wanted) {
        return Math.min(wanted, nominal() / 2);
    }

    public String label() {
        return topology.label() + ", " + appMillis + " ms";
    }
}
