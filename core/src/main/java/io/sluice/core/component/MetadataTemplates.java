package io.sluice.core.component;

import io.sluice.core.component.field.Problems;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Placeholders in values, as Dapr has them: <code>{uuid}</code> (each its own, and a new one in each run),
 * <code>{podName}</code>, <code>{namespace}</code> ({@code NAMESPACE.APPID},
 * {@code default} standing for a namespace that is not set) and <code>{appID}</code>. Others stay as they
 * are.
 */
record MetadataTemplates(
        UUID run,
        String appId,
        @Nullable String namespace,
        @Nullable String podName) {
    private static final String DEFAULT_NAMESPACE = "default";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(uuid|podName|namespace|appID)}");

    /** @param place whose value it is, for the problem of a pod's name that nobody knows */
    String resolve(String field, String text, String place, Problems problems) {
        Matcher placeholder = PLACEHOLDER.matcher(text);
        if (podName == null && text.contains("{podName}")) {
            problems.error(
                    place,
                    "failed to parse metadata: property " + field + " refers to {podName} but podName is not set"
                            + " (must have the environment variable POD_NAME)");
        }
        return placeholder.replaceAll(match -> Matcher.quoteReplacement(valueOf(match, place)));
    }

    private String valueOf(MatchResult placeholder, String place) {
        return switch (placeholder.group(1)) {
            case "uuid" -> uuid(place + " " + placeholder.start());
            case "podName" -> podName == null ? "" : podName;
            case "namespace" -> (namespace == null ? DEFAULT_NAMESPACE : namespace) + "." + appId;
            default -> appId;
        };
    }

    /** Of version 4, as Dapr's; only the version tells it from the hash that it is. */
    private String uuid(String of) {
        UUID hash = UUID.nameUUIDFromBytes((run + " " + of).getBytes(StandardCharsets.UTF_8));
        return new UUID(hash.getMostSignificantBits() & ~0xF000L | 0x4000L, hash.getLeastSignificantBits()).toString();
    }
}
