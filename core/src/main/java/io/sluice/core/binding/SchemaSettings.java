package io.sluice.core.binding;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The schemas of a binding's values.
 *
 * @param registry null when the binding has none
 * @param latestVersionCacheTtl how long "the latest version" of a subject stays known
 */
public record SchemaSettings(
        @Nullable Registry registry,
        boolean cachingEnabled,
        Duration latestVersionCacheTtl,
        boolean useAvroJson,
        ValueSchemaType valueSchemaType) {

    /** The values of {@code valueSchemaType}. */
    public enum ValueSchemaType {
        NONE,
        AVRO
    }

    /**
     * Where the schemas are.
     *
     * @param urls of servers with the same content, at least one
     */
    public record Registry(List<URI> urls, Login login, Tls tls) {
        public Registry {
            urls = List.copyOf(urls);
        }
    }

    /** How the registry knows who asks. */
    public sealed interface Login {}

    /** It does not. */
    public record Anonymous() implements Login {}

    /** By user name and password. */
    public record Basic(String user, Secret password) implements Login {}

    /** By a token that does not change. */
    public record Bearer(Secret token) implements Login {}

    /**
     * What secures connections to {@code https} URLs: PEM texts, or paths of files with them.
     *
     * @param caCert roots of the registry's certificate, null for the system's
     * @param clientCert certificate of the gateway, null for none
     * @param clientKey its private key, null for none
     */
    public record Tls(
            @Nullable String caCert,
            @Nullable String clientCert,
            @Nullable Secret clientKey) {}
}
