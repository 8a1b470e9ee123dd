package io.sluice.app.settings;

import io.sluice.auth.access.AccessSettings;
import io.sluice.core.binding.Secret;
import io.sluice.http.listen.TlsSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything the gateway is told at its start, checked and with every default filled in. Safe to log: secrets and the
 * environment do not show in {@code toString}.
 *
 * @param namespace Dapr's {@code NAMESPACE}, null for none
 * @param channel how to reach the user's app, null when there is none
 * @param resourcePaths folders of component files, at least one
 * @param watchComponents whether changes of those files, and of the secrets they refer to, are followed
 * @param environment the variables that component files may refer to
 */
public record Settings(
        String appId,
        @Nullable String namespace,
        @Nullable AppChannel channel,
        Api api,
        Entrance entrance,
        List<Path> resourcePaths,
        boolean watchComponents,
        Metrics metrics,
        Log log,
        Shutdown shutdown,
        Cluster cluster,
        Environment environment) {

    public Settings {
        resourcePaths = List.copyOf(resourcePaths);
    }

    /**
     * The settings of a command line, for programs that embed the gateway.
     *
     * @throws IllegalArgumentException when they are wrong, with one problem a line, or when they ask for help
     */
    public static Settings of(Map<String, String> environment, String... args) {
        Invocation invocation = SettingsReader.read(List.of(args), environment);
        if (invocation instanceof Invocation.Run run) {
            return run.settings();
        }
        throw new IllegalArgumentException(
                invocation instanceof Invocation.Invalid invalid
                        ? String.join("\n", invalid.problems())
                        : "nothing to run");
    }

    /** How the app is spoken to. */
    public enum Protocol {
        HTTP,
        HTTPS,
        H2C,
        GRPC,
        GRPCS
    }

    /** The least severe of the lines that are logged. */
    public enum LogLevel {
        DEBUG,
        INFO,
        WARN,
        ERROR,
        FATAL
    }

    /**
     * The user's app.
     *
     * @param maxConcurrency deliveries in flight, -1 for no limit
     * @param apiToken sent to the app with every call, null for none
     * @param maxHeadSize bytes of an answer's status line and headers
     * @param bindingOptionsTimeout how long it may take to say whether it wants a binding's records
     * @param health its probe, null when it is not probed
     */
    public record AppChannel(
            int port,
            Protocol protocol,
            String address,
            int maxConcurrency,
            @Nullable Secret apiToken,
            int maxHeadSize,
            Duration bindingOptionsTimeout,
            @Nullable AppHealth health) {}

    /**
     * The probe of the app.
     *
     * @param threshold failures in a row that make the app unhealthy
     */
    public record AppHealth(String path, Duration interval, Duration timeout, int threshold) {}

    /**
     * The listeners of the APIs; port 0 picks a free one.
     *
     * @param listenAddresses at least one, IPv6 without brackets
     * @param socketFolder where the APIs have Unix domain sockets instead of ports, null for ports
     * @param publicPort another port of the HTTP API, for probes, null for none
     * @param maxBodySize bytes, 0 for no limit
     * @param maxHeadSize bytes of a request's line and headers
     * @param allowedOrigins whose pages may call the HTTP API; one {@code *} in each stands for any text
     * @param logCalls whether each call is told in the log
     */
    public record Api(
            List<String> listenAddresses,
            int httpPort,
            int grpcPort,
            @Nullable Path socketFolder,
            @Nullable PublicPort publicPort,
            long maxBodySize,
            int maxHeadSize,
            List<String> allowedOrigins,
            boolean logCalls) {
        public Api {
            listenAddresses = List.copyOf(listenAddresses);
            allowedOrigins = List.copyOf(allowedOrigins);
        }
    }

    /** Where health and metadata are served to all who can reach it; port 0 picks a free one. */
    public record PublicPort(String address, int port) {}

    /**
     * Who gets into the APIs, and how.
     *
     * @param tls null for plain text
     */
    public record Entrance(AccessSettings access, @Nullable TlsSettings tls) {}

    /** The page for Prometheus, on the API's addresses; port 0 picks a free one. */
    public record Metrics(boolean enabled, int port) {}

    public record Log(LogLevel level, boolean json) {}

    /**
     * How the gateway ends.
     *
     * @param grace time to finish what is in flight
     * @param block time to go on serving before that
     */
    public record Shutdown(Duration grace, Duration block) {}

    /**
     * Whether event buses are joined.
     *
     * @param configuration Hazelcast's own file, null for members on this machine only
     */
    public record Cluster(boolean enabled, @Nullable Path configuration) {}

    /** Environment variables; their values may be secret. */
    public record Environment(Map<String, String> variables) {
        public Environment {
            variables = Map.copyOf(variables);
        }

        @Override
        public String toString() {
            return variables.size() + " variables";
        }
    }
}
