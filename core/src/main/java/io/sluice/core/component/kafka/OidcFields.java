package io.sluice.core.component.kafka;

import static io.sluice.core.component.field.FieldTypes.listOf;
import static io.sluice.core.component.field.FieldTypes.secret;
import static io.sluice.core.component.field.FieldTypes.text;
import static io.sluice.core.component.field.FieldTypes.url;

import io.sluice.core.binding.AuthSettings;
import io.sluice.core.binding.AuthSettings.OidcClient;
import io.sluice.core.binding.AuthSettings.Tls;
import io.sluice.core.binding.Secret;
import io.sluice.core.component.field.Field;
import io.sluice.core.component.field.FieldType;
import io.sluice.core.component.field.Fields;
import io.sluice.core.component.field.PemTypes;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Logging in to Kafka with a token of an OAuth 2 server. */
final class OidcFields {
    static final Field<URI> TOKEN_ENDPOINT = Field.seed("oidcTokenEndpoint", url())
            .defaultNote("required with the `oidc` types")
            .means("Where access tokens are fetched.");

    static final Field<String> CLIENT_ID = Field.seed("oidcClientID", text())
            .defaultNote("required with the `oidc` types")
            .means("The gateway's client id at the token endpoint.");

    static final Field<Secret> CLIENT_SECRET = Field.seed("oidcClientSecret", secret())
            .defaultNote("required with `oidc`")
            .means("The gateway's client secret at the token endpoint.");

    static final Field<List<String>> SCOPES = Field.seed("oidcScopes", listOf("scopes", text()))
            .defaultsTo("openid")
            .means("Scopes to ask for.");

    static final Field<Map<String, String>> EXTENSIONS = Field.seed("oidcExtensions", jsonMap())
            .defaultNote("none")
            .wrong("kafka error: improper OIDC Extensions format: %s")
            .means("SASL extensions that go with the token.");

    static final Field<Secret> ASSERTION_CERT = Field.dapr("oidcClientAssertionCert", PemTypes.secretCertificates())
            .defaultNote("required with `oidc_private_key_jwt`")
            .means("Certificate of `oidcClientAssertionKey`.");

    static final Field<Secret> ASSERTION_KEY = Field.dapr("oidcClientAssertionKey", PemTypes.privateKey())
            .defaultNote("required with `oidc_private_key_jwt`")
            .means("RSA key that signs the assertion of who the gateway is.");

    static final Field<String> RESOURCE =
            Field.dapr("oidcResource", text()).defaultNote("none").means("The `resource` of the token request.");

    static final Field<String> AUDIENCE = Field.dapr("oidcAudience", text())
            .defaultNote("the token endpoint")
            .means("The audience of the assertion.");

    static final Field<String> KEY_ID =
            Field.dapr("oidcKid", text()).defaultNote("none").means("The key id in the assertion's header.");

    static final List<Field<?>> ALL = List.of(
            TOKEN_ENDPOINT,
            CLIENT_ID,
            CLIENT_SECRET,
            SCOPES,
            EXTENSIONS,
            ASSERTION_CERT,
            ASSERTION_KEY,
            RESOURCE,
            AUDIENCE,
            KEY_ID);

    private static final Pattern NAME = Pattern.compile("[A-Za-z]+");
    private static final Pattern VALUE = Pattern.compile("[\\x21-\\x7E \\t\\r\\n]+");

    private OidcFields() {}

    static AuthSettings withSecret(Fields fields, Tls tls) {
        String missing = "kafka error: missing OIDC Client Secret for authType 'oidc'";
        return new AuthSettings.Oidc(
                client(fields, AuthType.OIDC), fields.require(CLIENT_SECRET, missing, new Secret("")), tls);
    }

    static AuthSettings withAssertion(Fields fields, Tls tls) {
        String missing = "kafka error: missing OIDC Client Assertion %s for authType 'oidc_private_key_jwt'";
        return new AuthSettings.OidcPrivateKeyJwt(
                client(fields, AuthType.OIDC_PRIVATE_KEY_JWT),
                fields.require(ASSERTION_CERT, missing.formatted("Cert"), new Secret("")),
                fields.require(ASSERTION_KEY, missing.formatted("Key"), new Secret("")),
                fields.optional(RESOURCE),
                fields.optional(AUDIENCE),
                fields.optional(KEY_ID),
                tls);
    }

    private static OidcClient client(Fields fields, AuthType type) {
        String missing = "kafka error: missing OIDC %s for authType '" + type.label() + "'";
        if (!fields.has(SCOPES)) {
            fields.warn(
                    SCOPES, "is not set: a token with only the scope \"openid\" may be good for other services too");
        }
        URI endpoint = fields.require(TOKEN_ENDPOINT, missing.formatted("Token Endpoint"), URI.create(""));
        if ("http".equalsIgnoreCase(endpoint.getScheme())) {
            fields.warn(
                    TOKEN_ENDPOINT,
                    "is not https: tokens, and what they are given for, go over the network in clear text");
        }
        return new OidcClient(
                endpoint,
                fields.require(CLIENT_ID, missing.formatted("Client ID"), ""),
                fields.value(SCOPES),
                fields.valueOr(EXTENSIONS, Map.of()));
    }

    private static FieldType<Map<String, String>> jsonMap() {
        return new FieldType<>(
                "JSON object",
                "must be a JSON object of texts with at least one entry, its names of letters only",
                false,
                OidcFields::parseMap);
    }

    /** As RFC 7628, section 3.1, has it; the name auth is that of the token itself. */
    private static boolean isExtension(String name, String value) {
        return NAME.matcher(name).matches()
                && !name.equals("auth")
                && VALUE.matcher(value).matches();
    }

    private static Optional<Map<String, String>> parseMap(String json) {
        try {
            var texts = new LinkedHashMap<String, String>();
            for (var entry : new JsonObject(json)) {
                if (!(entry.getValue() instanceof String text) || !isExtension(entry.getKey(), text)) {
                    return Optional.empty();
                }
                texts.put(entry.getKey(), text);
            }
            return texts.isEmpty() ? Optional.empty() : Optional.of(texts);
        } catch (DecodeException e) {
            return Optional.empty();
        }
    }
}
