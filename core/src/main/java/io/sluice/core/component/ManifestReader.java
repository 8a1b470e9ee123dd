package io.sluice.core.component;

import io.sluice.core.component.Manifest.Item;
import io.sluice.core.component.Manifest.SecretRef;
import io.sluice.core.component.field.FieldTypes;
import io.sluice.core.component.field.GoDuration;
import io.sluice.core.component.field.NearestName;
import io.sluice.core.component.field.Problems;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One YAML document → {@link Manifest}. Its form is Dapr's {@code dapr.io/v1alpha1 Component}. */
final class ManifestReader {
    private static final Set<String> TOP_KEYS = Set.of("apiVersion", "kind", "metadata", "spec", "auth", "scopes");
    private static final Set<String> SPEC_KEYS = Set.of("type", "version", "initTimeout", "ignoreErrors", "metadata");
    private static final Set<String> ITEM_KEYS = Set.of("name", "value", "secretKeyRef", "envRef");
    private static final Set<String> VERSIONS = Set.of("", "v0", "v1");
    private static final Duration DEFAULT_INIT_TIMEOUT = Duration.ofSeconds(5);
    private static final Pattern NAME = Pattern.compile("(?!\\.{1,2}$|\\s*$)[^/%\\p{Cntrl}]{1,253}");

    private final String file;
    private final YamlNode root;
    private final Problems problems = new Problems();
    private final String name;

    private ManifestReader(String file, YamlNode root) {
        this.file = file;
        this.root = root;
        this.name = text(root.get("metadata").flatMap(metadata -> metadata.get("name")));
    }

    /** Empty for documents of other kinds, which are none of our business. */
    static Optional<Manifest> read(String file, YamlNode root) {
        boolean component = root.get("apiVersion")
                        .filter(node -> node.text().equals("dapr.io/v1alpha1"))
                        .isPresent()
                && root.get("kind")
                        .filter(node -> node.text().equals("Component"))
                        .isPresent();
        return component ? Optional.of(new ManifestReader(file, root).read()) : Optional.empty();
    }

    private Manifest read() {
        checkKeys(root, TOP_KEYS, "");
        checkName();
        Optional<YamlNode> spec = root.get("spec");
        spec.ifPresent(node -> checkKeys(node, SPEC_KEYS, "spec."));
        String type = text(spec.flatMap(node -> node.get("type")));
        if (type.isBlank()) {
            error("spec.type", "is missing (must be bindings.kafka or a secret store)");
        }
        var secretStore =
                root.get("auth").flatMap(auth -> auth.get("secretStore")).map(YamlNode::text);
        return new Manifest(
                file,
                name.isEmpty() ? "line " + root.line() : name,
                root.get("metadata")
                        .flatMap(metadata -> metadata.get("namespace"))
                        .map(YamlNode::text)
                        .orElse(null),
                type,
                version(spec),
                initTimeout(spec),
                ignoreErrors(spec),
                items(spec),
                secretStore.orElse(null),
                scopes(),
                problems);
    }

    private void checkName() {
        if (!NAME.matcher(name).matches()) {
            error(
                    "metadata.name",
                    (name.isEmpty() ? "is missing" : "cannot be part of a URL's path")
                            + " (must be 1 to 253 characters without / and %)");
        }
    }

    private String version(Optional<YamlNode> spec) {
        String version = text(spec.flatMap(node -> node.get("version")));
        if (!VERSIONS.contains(version.toLowerCase(Locale.ROOT))) {
            error("spec.version", "there is no version \"" + version + "\" of it (must be \"v1\", \"v0\", or empty)");
        }
        return version.isEmpty() ? "v1" : version.toLowerCase(Locale.ROOT);
    }

    private Duration initTimeout(Optional<YamlNode> spec) {
        String text = text(spec.flatMap(node -> node.get("initTimeout")));
        if (text.isEmpty()) {
            return DEFAULT_INIT_TIMEOUT;
        }
        return GoDuration.parse(text, ChronoUnit.SECONDS)
                .filter(timeout -> timeout.compareTo(Duration.ZERO) > 0)
                .orElseGet(() -> {
                    problems.warn(place("spec.initTimeout"), "\"" + text + "\" is no duration above zero, 5s counts");
                    return DEFAULT_INIT_TIMEOUT;
                });
    }

    private boolean ignoreErrors(Optional<YamlNode> spec) {
        String text = text(spec.flatMap(node -> node.get("ignoreErrors")));
        if (text.isEmpty()) {
            return false;
        }
        var bool = FieldTypes.bool();
        Optional<Boolean> value = bool.parse(text);
        if (value.isEmpty()) {
            error("spec.ignoreErrors", "invalid value \"" + text + "\" (" + bool.allowed() + ")");
        }
        return value.orElse(false);
    }

    private List<String> scopes() {
        Optional<YamlNode> scopes = root.get("scopes");
        if (scopes.isPresent() && !scopes.get().isList()) {
            error("scopes", "is not a list (must be a list of app ids)");
        }
        return scopes.map(YamlNode::items).orElse(List.of()).stream()
                .map(YamlNode::text)
                .toList();
    }

    private List<Item> items(Optional<YamlNode> spec) {
        Optional<YamlNode> metadata = spec.flatMap(node -> node.get("metadata"));
        if (metadata.isPresent() && !metadata.get().isList()) {
            error("spec.metadata", "is not a list (must be a list of name and value)");
        }
        return metadata.map(YamlNode::items).orElse(List.of()).stream()
                .map(this::item)
                .filter(Objects::nonNull)
                .toList();
    }

    private @Nullable Item item(YamlNode node) {
        String itemName = text(node.get("name"));
        if (itemName.isBlank()) {
            error("spec.metadata", "line " + node.line() + " has no name (must be name and value)");
            return null;
        }
        checkKeys(node, ITEM_KEYS, itemName + ".");
        try {
            return new Item(
                    itemName,
                    node.get("value").map(YamlNode::text).orElse(null),
                    node.get("secretKeyRef").map(ref -> secret(itemName, ref)).orElse(null),
                    node.get("envRef").map(YamlNode::text).orElse(null));
        } catch (IllegalArgumentException e) {
            error(itemName, "the value is " + e.getMessage());
            return null;
        }
    }

    private @Nullable SecretRef secret(String itemName, YamlNode node) {
        String secretName = text(node.get("name"));
        if (secretName.isBlank()) {
            error(itemName, "secretKeyRef has no name (must be name, and key unless it is the same)");
            return null;
        }
        return new SecretRef(secretName, node.get("key").map(YamlNode::text).orElse(secretName));
    }

    private void checkKeys(YamlNode node, Set<String> known, String prefix) {
        if (!node.isMap()) {
            error(prefix.isEmpty() ? "document" : prefix.substring(0, prefix.length() - 1), "is not a map");
        }
        var seen = new HashSet<String>();
        for (String key : node.keys()) {
            if (!seen.add(key)) {
                error(prefix + key, "is there more than once");
            } else if (!known.contains(key)) {
                String hint = NearestName.of(key, known)
                        .map(near -> ", did you mean \"" + near + "\"?")
                        .orElse("");
                problems.warn(place(prefix + key), "unknown key" + hint);
            }
        }
    }

    private void error(String field, String what) {
        problems.error(place(field), what);
    }

    private String place(String field) {
        return file + ": " + (name.isEmpty() ? "line " + root.line() : name) + "." + field;
    }

    private static String text(Optional<YamlNode> node) {
        return node.map(YamlNode::text).orElse("");
    }
}
