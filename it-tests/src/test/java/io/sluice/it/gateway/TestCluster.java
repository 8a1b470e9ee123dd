package io.sluice.it.gateway;

import com.hazelcast.config.Config;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.FileNotFoundException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A cluster of event buses on this machine alone, apart from whatever else runs on it. */
public final class TestCluster {
    private static final String FILE = "hazelcast.yaml";
    private static final String CONFIGURATION = """
            hazelcast:
              cluster-name: it-%s
              properties:
                hazelcast.phone.home.enabled: "false"
                hazelcast.shutdownhook.enabled: "false"
                hazelcast.logging.type: slf4j
                # otherwise 5, for members that might come at the same time
                hazelcast.wait.seconds.before.join: "0"
              network:
                interfaces:
                  enabled: true
                  interfaces: [127.0.0.1]
                join:
                  auto-detection: { enabled: false }
                  multicast: { enabled: false }
                  tcp-ip: { enabled: true, member-list: [127.0.0.1] }
            """;

    private final Path file;

    private TestCluster(Path file) {
        this.file = file;
    }

    /** A cluster without members. */
    public static TestCluster create() {
        String configuration = CONFIGURATION.formatted(UUID.randomUUID());
        return new TestCluster(
                TestGateway.folderWith(Map.of(FILE, configuration)).resolve(FILE));
    }

    /** The flags of a gateway that is to join. */
    public String[] flags() {
        return new String[] {"--cluster", "--cluster-config=" + file};
    }

    /** A new member that is no gateway. */
    public Vertx join() {
        try {
            return get(Vertx.builder()
                    .withClusterManager(new HazelcastClusterManager(Config.loadFromFile(file.toFile())))
                    .buildClustered());
        } catch (FileNotFoundException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for what becomes of a future. */
    public static <T> T get(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(40, TimeUnit.SECONDS)
                .join();
    }
}
