package io.sluice.app.settings;

import io.sluice.app.settings.CommandLineFlags.Parsed;
import io.sluice.app.settings.Settings.AppChannel;
import io.sluice.app.settings.Settings.AppHealth;
import io.sluice.app.settings.Settings.Cluster;
import io.sluice.app.settings.Settings.Environment;
import io.sluice.app.settings.Settings.Log;
import io.sluice.app.settings.Settings.LogLevel;
import io.sluice.app.settings.Settings.Metrics;
import io.sluice.app.settings.Settings.Protocol;
import io.sluice.app.settings.Settings.PublicPort;
import io.sluice.app.settings.Settings.Shutdown;
import io.sluice.auth.access.Grants;
import io.sluice.core.binding.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Flags over environment over file, and the rules between them. */
public final class SettingsReader {
    /** The characters of RFC 3986's path and query. */
    private static final Pattern PATH = Pattern.compile("[\\p{Alnum}/._~!$&'()*+,;=:@%?-]+");

    private final FlagReader flags = new FlagReader();
    private final Map<String, String> environment;
    private Grants grants = Grants.EVERYTHING;

    private SettingsReader(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * What a command line asks for. Blocks the caller while the file of {@code --config} is read.
     *
     * @param args without the program's name
     * @param environment all variables of the process
     */
    public static Invocation read(List<String> args, Map<String, String> environment) {
        Parsed parsed = CommandLineFlags.parse(args);
        if (parsed.help()) {
            return new Invocation.Print(HelpText.help());
        }
        if (parsed.version()) {
            return new Invocation.Print(HelpText.version());
        }
        return new SettingsReader(environment).invocation(parsed);
    }

    private Invocation invocation(Parsed parsed) {
        flags.addProblems(parsed.problems());
        flags.addWeaker(parsed.given());
        flags.addWeaker(EnvironmentFlags.read(environment));
        flags.text(Flag.CONFIG).map(Path::of).map(ConfigFile::read).ifPresent(file -> {
            flags.addProblems(file.problems());
            flags.addWeaker(file.given());
            grants = file.grants();
        });
        Settings settings = settings();
        checkPortsDiffer(settings);
        if (!flags.problems().isEmpty()) {
            return new Invocation.Invalid(List.copyOf(flags.problems()));
        }
        return new Invocation.Run(settings, warnings(settings), parsed.ignored());
    }

    private Settings settings() {
        var api = new ApiReader(flags);
        return new Settings(
                appId(),
                variable("NAMESPACE"),
                channel(api.answerHeadSize()),
                api.read(),
                new EntranceReader(flags, secret("DAPR_API_TOKEN"), grants).read(),
                flags.list(Flag.RESOURCES_PATH).stream().map(Path::of).toList(),
                flags.isOn(Flag.WATCH_COMPONENTS),
                new Metrics(flags.isOn(Flag.ENABLE_METRICS), flags.port(Flag.METRICS_PORT)),
                new Log(flags.choice(Flag.LOG_LEVEL, LogLevel.class), flags.isOn(Flag.LOG_AS_JSON)),
                shutdown(),
                cluster(),
                new Environment(environment));
    }

    private String appId() {
        String id = flags.text(Flag.APP_ID).orElse("");
        if (id.isEmpty()) {
            flags.reject(Flag.APP_ID, "missing (the name of your app, for example --app-id orders)");
        } else if (id.contains(".") || id.chars().anyMatch(Character::isISOControl)) {
            // As daprd: the id becomes one label of a DNS name there.
            flags.reject(Flag.APP_ID, "must be a name without dots and control characters");
        }
        return id;
    }

    private @Nullable AppChannel channel(int maxHeadSize) {
        int port = flags.port(Flag.APP_PORT);
        var channel = new AppChannel(
                port,
                flags.choice(Flag.APP_PROTOCOL, Protocol.class),
                flags.host(Flag.APP_CHANNEL_ADDRESS),
                noLimitBelowOne(flags.integer(Flag.APP_MAX_CONCURRENCY, -1, Integer.MAX_VALUE)),
                secret("APP_API_TOKEN"),
                maxHeadSize,
                flags.duration(Flag.APP_BINDING_OPTIONS_TIMEOUT),
                appHealth());
        return port == 0 ? null : channel;
    }

    private static int noLimitBelowOne(int number) {
        return number < 1 ? -1 : number;
    }

    private @Nullable AppHealth appHealth() {
        String path = flags.text(Flag.APP_HEALTH_CHECK_PATH).orElse("");
        if (!PATH.matcher(path).matches()) {
            flags.reject(Flag.APP_HEALTH_CHECK_PATH, "not the path of a URL (such as /healthz)");
        }
        var interval = Duration.ofSeconds(flags.integer(Flag.APP_HEALTH_PROBE_INTERVAL, 1, 86_400));
        var timeout = Duration.ofMillis(flags.integer(Flag.APP_HEALTH_PROBE_TIMEOUT, 1, 86_400_000));
        if (timeout.compareTo(interval) > 0) {
            flags.reject(Flag.APP_HEALTH_PROBE_TIMEOUT, "longer than " + Flag.APP_HEALTH_PROBE_INTERVAL.option());
        }
        int threshold = flags.integer(Flag.APP_HEALTH_THRESHOLD, 1, Integer.MAX_VALUE);
        boolean enabled = flags.isOn(Flag.ENABLE_APP_HEALTH_CHECK);
        return enabled ? new AppHealth(path.startsWith("/") ? path : "/" + path, interval, timeout, threshold) : null;
    }

    private Shutdown shutdown() {
        int grace = flags.integer(Flag.DAPR_GRACEFUL_SHUTDOWN_SECONDS, 0, 86_400);
        return new Shutdown(Duration.ofSeconds(grace), flags.duration(Flag.DAPR_BLOCK_SHUTDOWN_DURATION));
    }

    private Cluster cluster() {
        boolean enabled = flags.isOn(Flag.CLUSTER);
        Path file = flags.text(Flag.CLUSTER_CONFIG).map(Path::of).orElse(null);
        if (file != null && !enabled) {
            flags.reject(Flag.CLUSTER_CONFIG, "has no effect without " + Flag.CLUSTER.option());
        } else if (file != null && !Files.isReadable(file)) {
            flags.reject(Flag.CLUSTER_CONFIG, file + " cannot be read (a file of Hazelcast's, .xml or .yaml)");
        }
        return new Cluster(enabled, file);
    }

    private void checkPortsDiffer(Settings settings) {
        var owners = new HashMap<Integer, Flag>();
        AppChannel channel = settings.channel();
        if (channel != null && Loopback.is(channel.address())) {
            owners.put(channel.port(), Flag.APP_PORT);
        }
        claim(owners, Flag.DAPR_HTTP_PORT, settings.api().httpPort());
        claim(owners, Flag.DAPR_GRPC_PORT, settings.api().grpcPort());
        PublicPort publicPort = settings.api().publicPort();
        if (publicPort != null) {
            claim(owners, Flag.DAPR_PUBLIC_PORT, publicPort.port());
        }
        if (settings.metrics().enabled()) {
            claim(owners, Flag.METRICS_PORT, settings.metrics().port());
        }
    }

    private void claim(Map<Integer, Flag> owners, Flag flag, int port) {
        Flag owner = port == 0 ? null : owners.putIfAbsent(port, flag);
        if (owner != null) {
            flags.reject(flag, "port " + port + " is also that of " + owner.option());
        }
    }

    private List<String> warnings(Settings settings) {
        var warnings = new ArrayList<>(EnvironmentFlags.warnings(environment));
        warnings.addAll(EntranceWarnings.of(settings));
        return warnings;
    }

    private @Nullable Secret secret(String name) {
        String value = variable(name);
        return value == null ? null : new Secret(value);
    }

    private @Nullable String variable(String name) {
        String value = environment.getOrDefault(name, "");
        return value.isBlank() ? null : value.strip();
    }
}
