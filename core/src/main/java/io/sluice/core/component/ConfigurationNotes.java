package io.sluice.core.component;

import io.sluice.core.component.field.NearestName;
import io.sluice.core.component.field.Problems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a {@code kind: Configuration} of Dapr's says to no effect, each with its line: a warning where something is lost, an
 * error where callers get what the file denies them, nothing where it is about parts that Sluice does not have.
 *
 * <p>Source of the keys: dapr/dapr, pkg/config/configuration.go.
 */
public final class ConfigurationNotes {
    private static final String KIND = "Configuration";
    private static final Set<String> DOCUMENT_KEYS = Set.of("apiVersion", "kind", "metadata", "spec", "sluice");
    private static final Set<String> NO_LOSS =
            Set.of("mtls", "accessControl", "nameResolution", "secrets", "features", "wasm", "workflow");
    private static final Map<String, String> LOST = Map.of(
            "tracing", "no spans are exported; the trace context of callers is passed on",
            "appHttpPipeline", "the middleware of calls to the app does not run",
            "components", "no component type is denied");

    /** Of these only what is named here works. */
    private static final Map<String, Set<String>> WORKS =
            Map.of("metric", Set.of("enabled"), "metrics", Set.of("enabled"), "logging", Set.of("apiLogging"));

    private static final Set<String> KNOWN =
            Set.of("api", "httpPipeline", "metric", "metrics", "logging", "tracing", "appHttpPipeline", "components");

    private final String file;
    private final Problems notes;

    private ConfigurationNotes(String file, Problems notes) {
        this.file = file;
        this.notes = notes;
    }

    /** Adds what is to be said about {@code file}, which is known to be YAML. Blocks while it is read. */
    public static void of(Path file, Problems notes) {
        var reader = new ConfigurationNotes(file.toString(), notes);
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            YamlDocuments.read(reader.file, text, new Problems(), reader::document);
        } catch (IOException e) {
            notes.warn(reader.file, "cannot be read any more: what of it has no effect is not told");
        }
    }

    private void document(YamlNode root) {
        String kind =
                root.get("kind").map(YamlNode::text).orElse(root.get("sluice").isPresent() ? KIND : "");
        if (!kind.equals(KIND)) {
            warn(
                    root.get("kind").orElse(root),
                    "kind \"" + kind + "\" is not " + KIND + ": what it says has no effect");
            return;
        }
        unknown(root, "", DOCUMENT_KEYS);
        root.get("spec").ifPresent(this::spec);
    }

    private void spec(YamlNode spec) {
        unknown(spec, "spec.", union(KNOWN, NO_LOSS));
        spec.keys().forEach(key -> spec.get(key).ifPresent(node -> entry(key, node)));
        spec.get("api").ifPresent(api -> ApiRules.check(api, this::error));
        spec.get("httpPipeline").flatMap(node -> node.get("handlers")).ifPresent(this::handlers);
    }

    private void entry(String key, YamlNode node) {
        String loss = LOST.get(key);
        if (loss != null && !isOff(key, node)) {
            warn(node, "spec." + key + " has no effect: " + loss);
        }
        Set<String> works = WORKS.get(key);
        if (works != null) {
            unlisted(node, "spec." + key + ".", works);
        }
    }

    private static boolean isOff(String key, YamlNode node) {
        return key.equals("tracing")
                && node.get("samplingRate")
                        .map(YamlNode::text)
                        .filter(rate -> rate.matches("0(\\.0*)?"))
                        .isPresent();
    }

    private void handlers(YamlNode handlers) {
        List<YamlNode> guards = handlers.items().stream()
                .filter(handler -> handler.get("type")
                        .filter(type -> type.text().matches("(?i)middleware\\.http\\.(bearer|oauth2.*|opa)"))
                        .isPresent())
                .toList();
        guards.forEach(guard -> error(
                guard,
                "spec.httpPipeline: \"" + guard.get("type").map(YamlNode::text).orElse("")
                        + "\" has no effect: THE API IS OPEN TO CALLERS THAT IT WOULD REFUSE (see --oidc-issuer)"));
        if (handlers.items().size() > guards.size()) {
            warn(handlers, "spec.httpPipeline has no effect: the middleware of the HTTP API does not run");
        }
    }

    private void unlisted(YamlNode node, String prefix, Set<String> works) {
        node.keys().stream()
                .filter(key -> !works.contains(key))
                .forEach(key -> warn(node.get(key).orElse(node), prefix + key + " has no effect"));
    }

    private void unknown(YamlNode node, String prefix, Set<String> known) {
        for (String key : node.keys()) {
            if (!known.contains(key)) {
                Optional<String> near = NearestName.of(key, known);
                warn(
                        node.get(key).orElse(node),
                        prefix + key + " has no effect: unknown key"
                                + near.map(name -> ", did you mean \"" + name + "\"?")
                                        .orElse(""));
            }
        }
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        var all = new HashSet<>(one);
        all.addAll(other);
        return all;
    }

    private void warn(YamlNode node, String what) {
        notes.warn(place(node), what);
    }

    private void error(YamlNode node, String what) {
        notes.error(place(node), what);
    }

    private String place(YamlNode node) {
        return file + ": line " + node.line();
    }
}
