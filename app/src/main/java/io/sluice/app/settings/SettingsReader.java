package io.sluice.app.settings;

import io.sluice.app.settings.CommandLineFlags.Parsed;
import io.sluice.app.settings.Settings.AppChannel;
import io.sluice.app.settings.Settings.Cluster;
import io.sluice.app.settings.Settings.Environment;
import io.sluice.app.settings.Settings.Log;
import io.sluice.app.settings.Settings.LogLevel;
import io.sluice.app.settings.Settings.Metrics;
import io.sluice.app.settings.Settings.PublicPort;
import io.sluice.app.settings.Settings.Shutdown;
import io.sluice.auth.access.Grants;
import io.sluice.core.binding.Secret;
import io.sluice.core.component.field.NearestName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Flags over environment over file, and the rules between them. */
public final class SettingsReader {
    /** What a header of HTTP/1.1 and gRPC can carry, whatever the client (RFC 9110, 5.5). */
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x21-\\x7E]([\\x20-\\x7E]*[\\x21-\\x7E])?");

    private static final String CHECK = "check";
    private static final int LONGEST_GRACE = 86_400;

    private final FlagReader flags = new FlagReader();
    private final Map<String, String> environment;
    private Optional<Grants> grants = Optional.empty();

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
        boolean check = !args.isEmpty() && args.get(0).equals(CHECK);
        Parsed parsed = CommandLineFlags.parse(check ? args.subList(1, args.size()) : args);
        if (parsed.asks(Question.HELP)) {
            return new Invocation.Print(HelpText.help());
        }
        if (parsed.asks(Question.VERSION)) {
            return new Invocation.Print(HelpText.version());
        }
        if (parsed.asks(Question.BUILD_INFO)) {
            return new Invocation.Print(HelpText.buildInfo());
        }
        var reader = new SettingsReader(environment);
        if (parsed.asks(Question.WAIT)) {
            return reader.await(parsed);
        }
        Invocation invocation = reader.invocation(parsed, check ? "" : firstWord(args));
        boolean only = check || parsed.asks(Question.DRY_RUN);
        return only && invocation instanceof Invocation.Run run
                ? new Invocation.Check(run, reader.flags.texts())
                : invocation;
    }

    private static String firstWord(List<String> args) {
        return args.isEmpty() || args.get(0).startsWith("-") ? "" : args.get(0);
    }

    private Invocation await(Parsed parsed) {
        addSources(parsed);
        int port = flags.port(Flag.DAPR_HTTP_PORT);
        return flags.problems().isEmpty()
                ? new Invocation.Await(port)
                : new Invocation.Invalid(List.copyOf(flags.problems()));
    }

    private Invocation invocation(Parsed parsed, String command) {
        addSources(parsed);
        if (NearestName.of(command, List.of(CHECK)).isPresent()) {
            flags.addProblems(List.of(command + ": unknown command (did you mean " + CHECK + "?)"));
        }
        var errors = new ArrayList<String>();
        var warnings = new ArrayList<String>();
        parsed.stray().forEach(arg -> warnings.add(printable(arg) + ": has no effect: it belongs to no flag"));
        addFiles(errors, warnings);
        Settings settings = settings();
        checkPortsDiffer(settings);
        if (!flags.problems().isEmpty()) {
            return new Invocation.Invalid(List.copyOf(flags.problems()));
        }
        warnings.addAll(flags.warnings());
        warnings.addAll(EnvironmentFlags.warnings(environment));
        warnings.addAll(EntranceWarnings.of(settings));
        var ignored = new ArrayList<String>();
        parsed.ignored().forEach((flag, value) -> flag.loss(value, settings)
                .ifPresentOrElse(warnings::add, () -> ignored.add(flag.option())));
        return new Invocation.Run(settings, errors, warnings, ignored);
    }

    private void addSources(Parsed parsed) {
        flags.addProblems(parsed.problems());
        flags.addWeaker(parsed.given());
        flags.addWeaker(EnvironmentFlags.read(environment));
    }

    /** The files of {@code --config}; of two that say the same, the later one counts, as with daprd. */
    private void addFiles(List<String> errors, List<String> warnings) {
        var names = new ArrayList<>(flags.list(Flag.CONFIG));
        Collections.reverse(names);
        for (String name : names) {
            ConfigFile file = ConfigFile.read(Path.of(name));
            flags.addProblems(file.problems());
            flags.addWeaker(file.given());
            errors.addAll(file.errors());
            warnings.addAll(file.warnings());
            grants = grants.or(file::grants);
        }
    }

    private Settings settings() {
        var api = new ApiReader(flags);
        return new Settings(
                appId(),
                variable("NAMESPACE"),
                new AppReader(flags).read(token("APP_API_TOKEN"), api.answerHeadSize()),
                api.read(),
                new EntranceReader(flags, token("DAPR_API_TOKEN"), grants.orElse(Grants.EVERYTHING)).read(),
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

    private Shutdown shutdown() {
        int grace = flags.integer(Flag.DAPR_GRACEFUL_SHUTDOWN_SECONDS, Integer.MIN_VALUE, LONGEST_GRACE);
        // As daprd, whose injector writes -1 for its default.
        int seconds = grace < 0 ? Integer.parseInt(Flag.DAPR_GRACEFUL_SHUTDOWN_SECONDS.defaultValue()) : grace;
        Duration block = flags.duration(Flag.DAPR_BLOCK_SHUTDOWN_DURATION);
        return new Shutdown(Duration.ofSeconds(seconds), block.isNegative() ? Duration.ZERO : block);
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
        if (settings.api().socketFolder() == null) {
            claim(owners, Flag.DAPR_HTTP_PORT, settings.api().httpPort());
            claim(owners, Flag.DAPR_GRPC_PORT, settings.api().grpcPort());
        }
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

    private @Nullable Secret token(String name) {
        String value = variable(name);
        if (value != null && !HEADER_VALUE.matcher(value).matches()) {
            flags.addProblems(List.of(name + ": *** has characters that no header can carry (printable ASCII only)"));
        }
        return value == null ? null : new Secret(value);
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    private @Nullable String variable(String name) {
        String value = environment.getOrDefault(name, "");
        return value.isBlank() ? null : value.strip();
    }
}
