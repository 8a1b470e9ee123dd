package io.sluice.app;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import io.sluice.app.settings.Settings.Cluster;
import io.sluice.http.listen.ConnectionLimit;
import io.sluice.http.listen.GuardedTransport;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.spi.cluster.hazelcast.ConfigUtil;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.FileNotFoundException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Makes the gateway's Vert.x: alone, or joined with others by Hazelcast. */
final class EventBuses {
    private static final String THIS_MACHINE = "127.0.0.1";

    private EventBuses() {}

    /**
     * @param eventLoops how many threads serve; each has its instance of the HTTP API
     * @return failed with a {@link StartFailure} when the cluster cannot be joined
     */
    static Future<Vertx> create(Cluster cluster, int eventLoops) {
        var options = new VertxOptions()
                .setEventLoopPoolSize(eventLoops)
                // Nothing is served from files, so no cache folder is left in /tmp.
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
        if (!cluster.enabled()) {
            return Future.succeededFuture(builder(options).build());
        }
        try {
            return join(options, cluster.configuration())
                    .recover(cause -> Future.failedFuture(
                            StartFailure.runtime("--cluster: cannot join: " + cause.getMessage(), cause)));
        } catch (FileNotFoundException | RuntimeException e) {
            return Future.failedFuture(StartFailure.runtime("--cluster-config: " + e.getMessage(), e));
        }
    }

    private static VertxBuilder builder(VertxOptions options) {
        return Vertx.builder().with(options).withTransport(GuardedTransport.of(ConnectionLimit.ofProcess()));
    }

    private static Future<Vertx> join(VertxOptions options, @Nullable Path configuration) throws FileNotFoundException {
        Config config = configuration == null ? thisMachineOnly() : Config.loadFromFile(configuration.toFile());
        if (configuration == null) {
            options.setEventBusOptions(new EventBusOptions().setHost(THIS_MACHINE));
        }
        config.setProperty("hazelcast.logging.type", "slf4j");
        config.setProperty("hazelcast.phone.home.enabled", "false");
        // The gateway leaves the cluster itself, after everything that uses it.
        config.setProperty("hazelcast.shutdownhook.enabled", "false");
        return builder(options)
                .withClusterManager(new HazelcastClusterManager(config))
                .buildClustered();
    }

    /** Hazelcast's default finds members by multicast, anywhere: whoever is found could call every binding. */
    private static Config thisMachineOnly() {
        Config config = ConfigUtil.loadConfig();
        config.setClusterName("sluice");
        JoinConfig join = config.getNetworkConfig().getJoin();
        join.getMulticastConfig().setEnabled(false);
        join.getAutoDetectionConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true).addMember(THIS_MACHINE);
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface(THIS_MACHINE);
        return config;
    }
}
