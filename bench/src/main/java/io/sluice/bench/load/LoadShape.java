package io.sluice.bench.load;

/**
 * How requests arrive.
 *
 * @param connections how many connections, each with at most one request at a time
 * @param requestsPerSecond the fixed rate of an open loop; 0 = closed loop: each answer is followed by the next request
 */
public record LoadShape(int connections, int requestsPerSecond) {
    public static LoadShape closed(int connections) {
        return new LoadShape(connections, 0);
    }

    public static LoadShape open(int requestsPerSecond, int connections) {
        return new LoadShape(connections, requestsPerSecond);
    }

    public boolean isOpen() {
        return requestsPerSecond > 0;
    }

    /** The time between two requests of an open loop; 0 for a closed loop. */
    long intervalNanos() {
        return isOpen() ? 1_000_000_000L / requestsPerSecond : 0;
    }

    public String label() {
        return isOpen()
                ? "%,d req/s".formatted(requestsPerSecond)
                : connections == 1 ? "1 connection" : connections + " connections";
    }
}
