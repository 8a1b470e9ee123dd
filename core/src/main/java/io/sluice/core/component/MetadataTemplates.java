package io.sluice.core.component;

import io.sluice.core.component.field.Problems;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Placeholders in values, as Dapr has them: <code>{uuid}</code> (a new one each time), <code>{podName}</code>,
 * <code>{namespace}</code> ({@code NAMESPACE.APPID}) and <code>{appID}</code>. Others stay as they are.
 */
record MetadataTemplates(
        String appId, @Nullable String namespace, @Nullable String podName) {
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
        return placeholder.replaceAll(match -> Matcher.quoteReplacement(valueOf(match.group(1))));
    }

    private String valueOf(String placeholder) {
        return switch (placeholder) {
            case "uuid" -> UUID.randomUUID().toString();
            case "podName" -> podName == null ? "" : podName;
            case "namespace" -> (namespace == null ? "" : namespace) + "." + appId;
            default -> appId;
        };
    }
}
