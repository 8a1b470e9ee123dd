package io.sluice.kafka.client;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Watches clusters, each once however many bindings use it. What a probe finds never touches sending: it is for operators.
 *
 * <p>Safe for use from any thread.
 */
public final class ClusterProbes {
    private final Vertx vertx;
    private final KafkaClients clients;
    private final Duration every;
    private final Map<Cluster, ClusterProbe> probes = new HashMap<>();

    /** @param every the pause between an answer and the next question */
    public ClusterProbes(Vertx vertx, KafkaClients clients, Duration every) {
        this.vertx = vertx;
        this.clients = clients;
        this.every = every;
    }

    public synchronized void watch(Cluster cluster, ClusterListener listener) {
        ClusterProbe known = probes.get(cluster);
        if (known != null) {
            known.add(listener);
            return;
        }
        var probe = new ClusterProbe(
                vertx.getOrCreateContext(), () -> clients.query(cluster), new KafkaFailures(cluster), every);
        probes.put(cluster, probe);
        // Before the start, or the first answer may be in when nobody listens yet.
        probe.add(listener);
        probe.start();
    }

    /**
     * Asks a cluster that is watched now and not only in its turn, for a client of it that has lost touch with its brokers:
     * so all listeners hear what one of them suffers from.
     */
    public synchronized void doubt(Cluster cluster) {
        ClusterProbe probe = probes.get(cluster);
        if (probe != null) {
            probe.doubt();
        }
    }

    /** Succeeds when the listener hears no more and, if it was the last one, the cluster's connections are closed. */
    public synchronized Future<Void> unwatch(Cluster cluster, ClusterListener listener) {
        ClusterProbe probe = probes.get(cluster);
        if (probe == null
                || !probe.listeners().remove(listener)
                || !probe.listeners().isEmpty()) {
            return Future.succeededFuture();
        }
        probes.remove(cluster);
        return probe.stop();
    }
}
