package io.sluice.http.api;

import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What to tell clients that call a part of Dapr which Sluice does not have. The status and the code are those that Dapr
 * gives to a path which it does not know.
 */
public final class OtherBuildingBlocks {
    private static final String BESIDE = "; run daprd beside it for that";

    /** By the second segment of the path. */
    private static final Map<String, String> INSTEAD = Map.ofEntries(
            Map.entry("publish", "publishing; an output binding writes to its topic"),
            Map.entry("subscribe", "subscriptions; an input binding delivers the records of a topic to the app"),
            Map.entry("invoke", "service invocation; call the other app at its own address"),
            Map.entry("state", "state stores" + BESIDE),
            Map.entry("secrets", "secret stores; components take their secrets from files and the environment"),
            Map.entry("configuration", "configuration stores" + BESIDE),
            Map.entry("actors", "actors" + BESIDE),
            Map.entry("workflows", "workflows" + BESIDE),
            Map.entry("jobs", "jobs" + BESIDE),
            Map.entry("lock", "locks" + BESIDE),
            Map.entry("unlock", "locks" + BESIDE),
            Map.entry("crypto", "cryptography" + BESIDE),
            Map.entry("conversation", "conversations" + BESIDE),
            Map.entry("subtlecrypto", "cryptography" + BESIDE));

    /** By what is in the names of gRPC methods, in lower case; the first that fits. */
    private static final List<Map.Entry<String, String>> METHODS = List.of(
            Map.entry("publish", "publish"),
            Map.entry("subscribetopic", "subscribe"),
            Map.entry("invokeservice", "invoke"),
            Map.entry("secret", "secrets"),
            Map.entry("configuration", "configuration"),
            Map.entry("actor", "actors"),
            Map.entry("state", "state"),
            Map.entry("workflow", "workflows"),
            Map.entry("job", "jobs"),
            Map.entry("lock", "lock"),
            Map.entry("subtle", "crypto"),
            Map.entry("crypt", "crypto"),
            Map.entry("converse", "conversation"));

    private OtherBuildingBlocks() {}

    /** The answer to a request that no route takes. */
    static Answer answer(HttpMethod method, String path) {
        var binding = BindingPath.parse(path);
        if (binding != null && !binding.raw()) {
            return Answer.unknownRoute("bindings are called with POST or PUT, not with " + method.name());
        }
        var segments = path.split("/", 4);
        boolean ofDapr = segments.length > 2 && segments[1].startsWith("v1.0") && !segments[1].endsWith("-sluice");
        var instead = ofDapr ? INSTEAD.get(segments[2]) : null;
        return instead == null ? Answer.UNKNOWN_ROUTE : Answer.unknownRoute(sentence(instead));
    }

    /** What to say of a method of Dapr's gRPC service that is not served. */
    public static String message(String method) {
        var name = method.toLowerCase(Locale.ROOT);
        return METHODS.stream()
                .filter(block -> name.contains(block.getKey()))
                .findFirst()
                .map(block -> sentence(INSTEAD.getOrDefault(block.getValue(), "")))
                .orElse("unknown method");
    }

    private static String sentence(String instead) {
        return "Sluice has bindings only, no " + instead;
    }
}
