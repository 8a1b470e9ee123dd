package io.sluice.dev.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Node;

/** What a client sees of a cluster. */
final class ClusterView implements AutoCloseable {
    private static final Duration ATTEMPT = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Admin admin;

    ClusterView(String bootstrapServers) {
        this.admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) ATTEMPT.toMillis(),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ATTEMPT.toMillis(),
                AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, (int) PAUSE.toMillis()));
    }

    /** Waits until exactly these nodes are registered and alive. */
    void awaitNodes(List<Integer> ids, Duration limit) {
        Set<Integer> wanted = Set.copyOf(ids);
        long deadline = System.nanoTime() + limit.toNanos();
        while (!wanted.equals(liveNodes())) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(
                        "the nodes " + wanted + " are not up after " + limit.toSeconds() + " s");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private Set<Integer> liveNodes() {
        try {
            return admin.describeCluster().nodes().get(2 * ATTEMPT.toMillis(), TimeUnit.MILLISECONDS).stream()
                    .map(Node::id)
                    .collect(Collectors.toSet());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for Kafka", e);
        } catch (ExecutionException | TimeoutException notYet) {
            return Set.of();
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
