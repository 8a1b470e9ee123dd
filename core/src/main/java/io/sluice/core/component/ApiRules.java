package io.sluice.core.component;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * {@code spec.api} of a Configuration, which lists the APIs that callers may use. Sluice serves those that it has to all
 * callers, so each of them that the lists deny is told.
 */
final class ApiRules {
    private static final List<String> SERVED = List.of("bindings", "metadata", "shutdown");
    private static final List<String> PROTOCOLS = List.of("http", "grpc");

    private ApiRules() {}

    static void check(YamlNode api, BiConsumer<YamlNode, String> open) {
        Optional<YamlNode> allowed = api.get("allowed");
        Optional<YamlNode> denied = api.get("denied");
        for (String protocol : PROTOCOLS) {
            List<String> onlyThese = names(allowed, protocol);
            List<String> notThese = names(denied, protocol);
            List<String> unguarded = SERVED.stream()
                    .filter(name -> notThese.contains(name) || !onlyThese.isEmpty() && !onlyThese.contains(name))
                    .toList();
            if (!unguarded.isEmpty()) {
                open.accept(
                        api,
                        "spec.api has no effect: OVER " + protocol.toUpperCase(Locale.ROOT) + " "
                                + String.join(", ", unguarded)
                                + " CAN BE CALLED ALTHOUGH DENIED (the grants of the map sluice say who may call"
                                + " what)");
            }
        }
    }

    /** The APIs that a list has for a protocol, whatever the form of their first version ({@code v1}, {@code v1.0}). */
    private static List<String> names(Optional<YamlNode> list, String protocol) {
        return list.map(YamlNode::items).orElse(List.of()).stream()
                .filter(rule -> text(rule, "protocol").equalsIgnoreCase(protocol))
                .flatMap(rule ->
                        Stream.of(text(rule, "version").matches("v1(\\.0)?") ? text(rule, "name") : "another version"))
                .toList();
    }

    private static String text(YamlNode rule, String key) {
        return rule.get(key).map(YamlNode::text).orElse("");
    }
}
