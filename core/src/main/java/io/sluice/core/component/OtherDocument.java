package io.sluice.core.component;

import io.sluice.core.component.field.NearestName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A document in a component file that is no component, of which something is lost: it is mistyped, or a resource of Dapr's
 * that Sluice does not have. What belongs to other programs is not among them.
 *
 * @param place {@code FILE: line N}
 * @param name {@code metadata.name}, empty for none
 * @param what has no effect, and why
 * @param mistyped whether it is most likely meant to be a component
 */
record OtherDocument(
        String place, String name, @Nullable String namespace, List<String> scopes, String what, boolean mistyped) {

    private static final String COMPONENT = "Component";
    private static final String DAPR = "dapr.io/";
    private static final String NOT_HERE = "Sluice has bindings only";
    private static final Map<String, String> LOST = Map.of(
            "Resiliency",
            "its timeouts, retries and circuit breakers are not applied (consumeRetryEnabled and the backOff… fields"
                    + " of a component are)",
            "Configuration",
            "only the files of --config are read as one",
            "Subscription",
            NOT_HERE,
            "HTTPEndpoint",
            NOT_HERE,
            "MCPServer",
            NOT_HERE,
            "WorkflowAccessPolicy",
            NOT_HERE);

    /** What is to be told about a document that {@link ManifestReader} does not take; empty when there is nothing. */
    static Optional<OtherDocument> of(String file, YamlNode root) {
        if (root.isNull()) {
            return Optional.empty();
        }
        String kind = text(root, "kind");
        String version = text(root, "apiVersion");
        boolean mistyped = isLikeAComponent(kind, version);
        String what = mistyped ? mistyped(kind, version) : lost(kind, version);
        return Optional.ofNullable(what).map(told -> of(file, root, told, mistyped));
    }

    private static OtherDocument of(String file, YamlNode root, String what, boolean mistyped) {
        Optional<YamlNode> metadata = root.get("metadata");
        return new OtherDocument(
                file + ": line " + root.line(),
                metadata.map(node -> text(node, "name")).orElse(""),
                metadata.flatMap(node -> node.get("namespace"))
                        .map(YamlNode::text)
                        .orElse(null),
                root.get("scopes").map(YamlNode::items).orElse(List.of()).stream()
                        .map(YamlNode::text)
                        .toList(),
                what,
                mistyped);
    }

    /** Not sure of what is of another kind in another API: that is Kubernetes' own, say. */
    private static boolean isLikeAComponent(String kind, String version) {
        boolean nearly = NearestName.of(kind, List.of(COMPONENT)).isPresent();
        return nearly || kind.isEmpty() && (version.isEmpty() || version.startsWith(DAPR));
    }

    private static String mistyped(String kind, String version) {
        String wrong = kind.equals(COMPONENT)
                ? (version.isEmpty() ? "it has no apiVersion" : "apiVersion \"" + version + "\"")
                : (kind.isEmpty() ? "it has no kind" : "kind \"" + kind + "\"");
        return "is no component and has no effect: " + wrong
                + " (must be apiVersion: dapr.io/v1alpha1 and kind: Component)";
    }

    private static @Nullable String lost(String kind, String version) {
        String loss = LOST.get(kind);
        if (loss != null && (version.isEmpty() || version.startsWith(DAPR))) {
            return "kind " + kind + " has no effect: " + loss;
        }
        if (!version.startsWith(DAPR)) {
            return null;
        }
        String hint = NearestName.of(kind, LOST.keySet())
                .map(near -> " (did you mean " + near + "?)")
                .orElse("");
        return "kind \"" + kind + "\" has no effect: it is not known" + hint;
    }

    boolean isFor(String appId, @Nullable String ofNamespace) {
        boolean inScope = scopes.isEmpty() || scopes.contains(appId);
        return inScope && (namespace == null || ofNamespace == null || namespace.equals(ofNamespace));
    }

    /** For a message, with its name. */
    String told() {
        return name.isEmpty() ? what : "\"" + name + "\" " + what;
    }

    private static String text(YamlNode node, String key) {
        return node.get(key).map(YamlNode::text).orElse("");
    }
}
