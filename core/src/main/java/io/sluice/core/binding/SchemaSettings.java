package io.sluice.core.binding;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The schema registry of a binding.
 *
 * @param registryUrls empty when the binding has no registry
 * @param latestVersionCacheTtl how long "the latest version" of a subject stays known
 */
public record SchemaSettings(
        List<URI> registryUrls,
        @Nullable String apiKey,
        @Nullable Secret apiSecret,
        boolean cachingEnabled,
        Duration latestVersionCacheTtl,
        boolean useAvroJson,
        ValueSchemaType valueSchemaType) {

    public SchemaSettings {
        registryUrls = List.copyOf(registryUrls);
    }

    /** The values of {@code valueSchemaType}. */
    public enum ValueSchemaType {
        NONE,
        AVRO
    }
}
