package io.sluice.app.settings;

import io.sluice.auth.access.Grants;
import io.sluice.auth.access.GrantsReader;
import io.sluice.core.component.ConfigurationNotes;
import io.sluice.core.component.field.Problems;
import io.vertx.config.ConfigRetriever;
import io.vertx.config.ConfigRetrieverOptions;
import io.vertx.config.ConfigStoreOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The file of {@code --config}: a map {@code sluice} of flag names and of the grants, and of Dapr's Configuration
 * ({@code kind: Configuration}) the switches of the metrics and of the log of calls. Both may stand in one document; what else a
 * Configuration says has no effect, which is told where something is lost.
 */
final class ConfigFile {
    private static final String OWN = "sluice";
    private static final String GRANTS = "grants";
    private static final int READ_SECONDS = 10;

    /** The name of an object in Kubernetes, as daprd's injector gives it: no path and no name of a YAML file. */
    private static final Pattern OBJECT_NAME = Pattern.compile("(?!.*\\.(ya?ml|json)$)[a-z0-9]([-a-z0-9.]*[a-z0-9])?");

    private final Path file;
    private final Map<Flag, Given> given = new EnumMap<>(Flag.class);
    private final List<String> problems = new ArrayList<>();
    private final Problems notes = new Problems();
    private Optional<Grants> grants = Optional.empty();

    private ConfigFile(Path file) {
        this.file = file;
    }

    /** Reads {@code file}; blocks the caller. What is wrong with it is in {@link #problems()}. */
    static ConfigFile read(Path file) {
        var config = new ConfigFile(file);
        if (Files.isRegularFile(file)) {
            config.load();
        } else if (OBJECT_NAME.matcher(file.toString()).matches()) {
            config.notes.warn(
                    Flag.CONFIG.option(),
                    "\"" + file
                            + "\" has no effect: there is no such file, and Configurations in Kubernetes are not read");
        } else {
            config.problem("no such file (" + Flag.CONFIG.option() + " names a YAML file)");
        }
        return config;
    }

    Map<Flag, Given> given() {
        return given;
    }

    /** Who may do what; empty when the file says nothing of it. */
    Optional<Grants> grants() {
        return grants;
    }

    /** What the file denies to callers and they get all the same. */
    List<String> errors() {
        return notes.errors();
    }

    /** What the file says to no effect. */
    List<String> warnings() {
        return notes.warnings();
    }

    List<String> problems() {
        return problems;
    }

    private void load() {
        try {
            accept(content());
            ConfigurationNotes.of(file, notes);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            problem("cannot be read: " + onOneLine(String.valueOf((cause == null ? e : cause).getMessage())));
        } catch (TimeoutException e) {
            problem("cannot be read within " + READ_SECONDS + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            problem("interrupted while reading");
        }
    }

    /** Settings come before the gateway's own Vert.x, which they shape: this one lives for one read. */
    private JsonObject content() throws ExecutionException, TimeoutException, InterruptedException {
        var vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        var store = new ConfigStoreOptions()
                .setType("file")
                .setFormat("yaml")
                .setConfig(new JsonObject().put("path", file.toAbsolutePath().toString()));
        try {
            return ConfigRetriever.create(
                            vertx, new ConfigRetrieverOptions().addStore(store).setScanPeriod(0))
                    .getConfig()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(READ_SECONDS, TimeUnit.SECONDS);
        } finally {
            vertx.close();
        }
    }

    private void accept(JsonObject content) {
        boolean configuration = "Configuration".equals(content.getValue("kind"));
        if (configuration && content.getValue("spec") instanceof JsonObject spec) {
            acceptSpec(spec);
        }
        if (content.getValue(OWN) instanceof JsonObject own) {
            own.forEach(entry -> acceptOwn(entry.getKey(), entry.getValue()));
        } else if (content.containsKey(OWN)) {
            problem(OWN + ": not a map of flag names");
        } else if (!configuration) {
            problem("neither a map `" + OWN + "` nor `kind: Configuration`");
        }
    }

    private void acceptSpec(JsonObject spec) {
        // Dapr reads both spellings: pkg/config, Configuration.GetMetricsSpec.
        Stream.of("metric", "metrics").forEach(key -> {
            if (spec.getValue(key) instanceof JsonObject metrics && metrics.containsKey("enabled")) {
                put(Flag.ENABLE_METRICS, "spec." + key + ".enabled", metrics.getValue("enabled"));
            }
        });
        if (spec.getValue("logging") instanceof JsonObject logging
                && logging.getValue("apiLogging") instanceof JsonObject calls
                && calls.containsKey("enabled")) {
            put(Flag.ENABLE_API_LOGGING, "spec.logging.apiLogging.enabled", calls.getValue("enabled"));
        }
    }

    private void acceptOwn(String key, Object value) {
        if (key.equals(Flag.CONFIG.key())) {
            problem(OWN + "." + key + ": a file cannot name another one");
            return;
        }
        if (key.equals(GRANTS)) {
            acceptGrants(value);
            return;
        }
        Flag.named(key).ifPresentOrElse(flag -> put(flag, OWN + "." + key, value), () -> unknown(key));
    }

    private void acceptGrants(Object value) {
        var found = new Problems();
        grants = Optional.of(GrantsReader.read(value, file + ": " + OWN + "." + GRANTS, found));
        problems.addAll(found.errors());
    }

    private void unknown(String key) {
        List<String> known = Stream.concat(
                        Stream.of(GRANTS), Stream.of(Flag.values()).flatMap(flag -> flag.keys().stream()))
                .toList();
        String hint = Misspelt.suggestion(key, known)
                .map(near -> "did you mean " + near + "?")
                .orElse("settings are flags without dashes");
        problem(OWN + "." + key + ": unknown setting (" + hint + ")");
    }

    private void put(Flag flag, String key, Object value) {
        if (value instanceof JsonObject) {
            problem(key + ": a map where a value is expected");
            return;
        }
        List<String> values = value instanceof JsonArray list
                ? list.stream().map(String::valueOf).toList()
                : List.of(value == null ? "" : value.toString());
        given.put(flag, new Given(file + ": " + key, values));
    }

    /** The parser's words without the pieces of the file that it indents, as a secret may stand in them. */
    private static String onOneLine(String message) {
        return message.lines()
                .filter(line -> !line.startsWith("    "))
                .map(line -> line.replaceAll("\\s*in '.*', line (\\d+), column \\d+:", "(line $1)"))
                .collect(Collectors.joining(" "));
    }

    private void problem(String text) {
        problems.add(file + ": " + text);
    }
}
