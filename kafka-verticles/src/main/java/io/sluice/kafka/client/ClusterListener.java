package io.sluice.kafka.client;

/** Is told after each question whether its cluster answered; on any thread. */
public interface ClusterListener {
    void reachable();

    /** @param why in words an operator can act on */
    void unreachable(String why);
}
