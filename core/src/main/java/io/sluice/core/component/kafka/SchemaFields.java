package io.sluice.core.component.kafka;

import static io.sluice.core.component.field.FieldTypes.bool;
import static io.sluice.core.component.field.FieldTypes.choice;
import static io.sluice.core.component.field.FieldTypes.duration;
import static io.sluice.core.component.field.FieldTypes.listOf;
import static io.sluice.core.component.field.FieldTypes.secret;
import static io.sluice.core.component.field.FieldTypes.text;
import static io.sluice.core.component.field.FieldTypes.url;
import static java.util.Map.entry;

import io.sluice.core.binding.SchemaSettings;
import io.sluice.core.binding.SchemaSettings.Anonymous;
import io.sluice.core.binding.SchemaSettings.Basic;
import io.sluice.core.binding.SchemaSettings.Bearer;
import io.sluice.core.binding.SchemaSettings.Login;
import io.sluice.core.binding.SchemaSettings.Registry;
import io.sluice.core.binding.SchemaSettings.Tls;
import io.sluice.core.binding.SchemaSettings.ValueSchemaType;
import io.sluice.core.binding.Secret;
import io.sluice.core.component.field.Field;
import io.sluice.core.component.field.Fields;
import io.sluice.core.component.field.PemTypes;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The schema registry, and what is done with schemas. */
final class SchemaFields {
    static final Field<List<URI>> REGISTRY_URL = Field.seed("schemaRegistryURL", listOf("http or https URLs", url()))
            .defaultNote("none")
            .means("The schema registry. With several URLs, the next one is asked when one does not answer.");

    static final Field<String> API_KEY =
            Field.seed("schemaRegistryAPIKey", text()).defaultNote("none").means("User name at the schema registry.");

    static final Field<Secret> API_SECRET = Field.seed("schemaRegistryAPISecret", secret())
            .defaultNote("none")
            .means("Password at the schema registry.");

    static final Field<Secret> BEARER_TOKEN = Field.sluice("schemaRegistryBearerToken", secret())
            .defaultNote("none")
            .means("Token for the schema registry, instead of user name and password.");

    static final Field<String> CA_CERT = Field.sluice("schemaRegistryCaCert", PemTypes.certificates())
            .defaultNote("the system's roots")
            .means("Roots that the schema registry's certificate must go back to.");

    static final Field<String> CLIENT_CERT = Field.sluice("schemaRegistryClientCert", PemTypes.certificates())
            .defaultNote("none")
            .means("Certificate of the gateway for the schema registry.");

    static final Field<Secret> CLIENT_KEY = Field.sluice("schemaRegistryClientKey", PemTypes.privateKey())
            .defaultNote("none")
            .means("Private key of `schemaRegistryClientCert`, not encrypted.");

    static final Field<Boolean> CACHING = Field.seed("schemaCachingEnabled", bool())
            .defaultsTo("true")
            .means("Whether schemas are kept once they are known.");

    static final Field<Duration> CACHE_TTL = Field.seed(
                    "schemaLatestVersionCacheTTL", duration(ChronoUnit.SECONDS, Duration.ZERO))
            .defaultsTo("5m")
            .means("How long the latest version of a schema stays known.");

    static final Field<Boolean> AVRO_JSON =
            Field.dapr("useAvroJSON", bool()).defaultsTo("false").means("Whether JSON is in Avro's own JSON encoding.");

    static final Field<ValueSchemaType> VALUE_TYPE = Field.sluice(
                    "valueSchemaType", choice(entry("None", ValueSchemaType.NONE), entry("Avro", ValueSchemaType.AVRO)))
            .defaultsTo("None")
            .means("How values are encoded unless a request says otherwise, and decoded on delivery.");

    static final List<Field<?>> ALL = List.of(
            REGISTRY_URL,
            API_KEY,
            API_SECRET,
            BEARER_TOKEN,
            CA_CERT,
            CLIENT_CERT,
            CLIENT_KEY,
            CACHING,
            CACHE_TTL,
            AVRO_JSON,
            VALUE_TYPE);

    private static final List<Field<?>> OF_THE_REGISTRY =
            List.of(API_KEY, API_SECRET, BEARER_TOKEN, CA_CERT, CLIENT_CERT, CLIENT_KEY, CACHING, CACHE_TTL, AVRO_JSON);

    private SchemaFields() {}

    static SchemaSettings read(Fields fields) {
        ValueSchemaType type = fields.value(VALUE_TYPE);
        if (type == ValueSchemaType.AVRO && !fields.has(REGISTRY_URL)) {
            fields.error(VALUE_TYPE, "\"Avro\" without a schema registry (must have the field schemaRegistryURL)");
        }
        var settings = new SchemaSettings(
                registry(fields, type), fields.value(CACHING), fields.value(CACHE_TTL), fields.value(AVRO_JSON), type);
        if (!fields.has(REGISTRY_URL)) {
            warnOfNoRegistry(fields);
        }
        return settings;
    }

    private static @Nullable Registry registry(Fields fields, ValueSchemaType type) {
        // Read in any case, so that what is wrong is told.
        List<URI> urls = type == ValueSchemaType.AVRO ? fields.optional(REGISTRY_URL) : urlsIfRight(fields);
        Login login = login(fields);
        Tls tls = tls(fields);
        return urls == null ? null : new Registry(urls, login, tls);
    }

    /** Only requests that ask for Avro would need it: as with Dapr, nothing else suffers. */
    private static @Nullable List<URI> urlsIfRight(Fields fields) {
        return fields.orWarn(REGISTRY_URL, "requests that ask for Avro are refused");
    }

    private static Login login(Fields fields) {
        String user = fields.optional(API_KEY);
        Secret password = fields.optional(API_SECRET);
        Secret token = fields.optional(BEARER_TOKEN);
        if (token != null && (user != null || password != null)) {
            fields.error(
                    BEARER_TOKEN,
                    "is a second way to log in (must not stand beside schemaRegistryAPIKey or"
                            + " schemaRegistryAPISecret)");
        }
        if (token != null && !token.reveal().strip().matches("[\\x21-\\x7E]+")) {
            fields.error(BEARER_TOKEN, "*** has characters that no header can carry (must be printable ASCII)");
        }
        warnOfHalfACredential(fields);
        if (token != null) {
            return new Bearer(token);
        }
        return user == null || password == null ? new Anonymous() : new Basic(user, password);
    }

    private static void warnOfHalfACredential(Fields fields) {
        if (fields.has(API_KEY) != fields.has(API_SECRET)) {
            Field<?> lonely = fields.has(API_KEY) ? API_KEY : API_SECRET;
            Field<?> missing = fields.has(API_KEY) ? API_SECRET : API_KEY;
            fields.warn(lonely, "has no effect without " + missing.name());
        }
    }

    private static Tls tls(Fields fields) {
        String cert = fields.optional(CLIENT_CERT);
        Secret key = fields.optional(CLIENT_KEY);
        if (fields.has(CLIENT_CERT) != fields.has(CLIENT_KEY)) {
            Field<?> missing = fields.has(CLIENT_CERT) ? CLIENT_KEY : CLIENT_CERT;
            fields.error(missing, "is missing (a client certificate and its key belong together)");
        }
        if (key != null && PemTypes.isEncrypted(key.reveal())) {
            fields.error(CLIENT_KEY, "is encrypted (must be a key without a password)");
        }
        return new Tls(fields.optional(CA_CERT), cert, key);
    }

    private static void warnOfNoRegistry(Fields fields) {
        for (Field<?> field : OF_THE_REGISTRY) {
            if (fields.has(field)) {
                fields.warn(field, "is not used: schemaRegistryURL is not set");
            }
        }
    }
}
