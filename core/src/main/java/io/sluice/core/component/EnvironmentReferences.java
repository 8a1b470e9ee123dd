package io.sluice.core.component;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code envRef} may read: Dapr's rules, so that a component file cannot ask for the gateway's own tokens. */
record EnvironmentReferences(Map<String, String> environment) {
    /** The space-separated names that may be read, when it is set; Dapr's injector sets it. */
    private static final String ALLOW_LIST = "DAPR_ENV_KEYS";

    /** Why {@code name} cannot be read, null when it can. */
    @Nullable
    String refusal(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        if (upper.isBlank() || upper.contains(" ")) {
            return "is no name of an environment variable";
        }
        if (isReserved(upper)) {
            return "may not be read from a component file";
        }
        String allowed = environment.getOrDefault(ALLOW_LIST, "");
        if (!allowed.isBlank() && Arrays.stream(allowed.split("\\s+")).noneMatch(name::equalsIgnoreCase)) {
            return "is not in " + ALLOW_LIST;
        }
        return environment.containsKey(name) ? null : "is not set";
    }

    @Nullable
    String value(String name) {
        return environment.get(name);
    }

    /** Names that hold the gateway's own tokens and settings. */
    static boolean isReserved(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.startsWith("DAPR_") || upper.equals("APP_API_TOKEN");
    }
}
