package io.sluice.core.component;

import io.sluice.core.component.field.Problems;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One component document as it is written, references not resolved.
 *
 * @param file path of the file as messages show it
 * @param secretStore {@code auth.secretStore}
 * @param scopes app ids that the component is for, empty for all
 * @param problems collects all that is wrong with this component, from reading to the typed binding
 */
record Manifest(
        String file,
        String name,
        @Nullable String namespace,
        String type,
        String version,
        Duration initTimeout,
        boolean ignoreErrors,
        List<Item> items,
        @Nullable String secretStore,
        List<String> scopes,
        Problems problems) {

    /** One entry of {@code spec.metadata}. A secret wins over the value, the value over the environment. */
    record Item(
            String name,
            @Nullable String value,
            @Nullable SecretRef secret,
            @Nullable String environment) {

        /** Without the value, which may be a secret. */
        @Override
        public String toString() {
            return "Item[name=" + name + "]";
        }
    }

    /** A {@code secretKeyRef}. */
    record SecretRef(String name, String key) {}

    /** {@code FILE: COMPONENT}: how every message about this component begins. */
    String place() {
        return file + ": " + name;
    }

    boolean isFor(String appId, @Nullable String ofNamespace) {
        boolean inScope = scopes.isEmpty() || scopes.contains(appId);
        boolean inNamespace = namespace == null || ofNamespace == null || namespace.equals(ofNamespace);
        return inScope && inNamespace;
    }
}
