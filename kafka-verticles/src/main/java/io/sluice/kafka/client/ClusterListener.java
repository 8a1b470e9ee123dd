package io.sluice.kafka.client;

/** Is told after each question whether its cluster answered; on any thread. */
public interface ClusterListener {
    void reachable();

    void unreachable(Obstacle why);
}
