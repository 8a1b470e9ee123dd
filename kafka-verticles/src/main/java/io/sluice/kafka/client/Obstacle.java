package io.sluice.kafka.client;

/**
 * Why a cluster is of no use for now.
 *
 * @param brokers as the binding names them
 * @param turnedAway whether that is for somebody to put right: brokers are there and refuse us, or we cannot even try
 * @param text in words an operator can act on; a whole message that names the brokers if {@code turnedAway}, else only what
 *     was heard of them
 */
public record Obstacle(String brokers, boolean turnedAway, String text) {

    /** A whole message. */
    public String message() {
        return turnedAway ? text : "kafka at " + brokers + " cannot be reached: " + text;
    }

    /** What may help, for an operator; empty when {@link #message} says it. */
    public String remedy() {
        return turnedAway
                ? ""
                : "see whether Kafka runs, the field brokers, and the network; the gateway goes on trying";
    }
}
