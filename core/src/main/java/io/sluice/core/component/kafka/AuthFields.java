package io.sluice.core.component.kafka;

import static io.sluice.core.component.field.FieldTypes.bool;
import static io.sluice.core.component.field.FieldTypes.choice;
import static io.sluice.core.component.field.FieldTypes.secret;
import static io.sluice.core.component.field.FieldTypes.text;
import static java.util.Map.entry;

import io.sluice.core.binding.AuthSettings;
import io.sluice.core.binding.AuthSettings.SaslMechanism;
import io.sluice.core.binding.AuthSettings.Tls;
import io.sluice.core.binding.Secret;
import io.sluice.core.component.field.Field;
import io.sluice.core.component.field.Fields;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How the gateway logs in to Kafka. */
final class AuthFields {
    static final Field<AuthType> AUTH_TYPE = Field.seed("authType", choice(AuthType.values()))
            .defaultNote("required")
            .wrong("kafka error: invalid value for 'authType' attribute: \"%s\"")
            .means("How to log in to Kafka.");

    static final Field<Boolean> AUTH_REQUIRED = Field.seed("authRequired", bool())
            .defaultNote("none")
            .wrong("kafka error: invalid value for 'authRequired' attribute: \"%s\"")
            .means("Deprecated, counts only without `authType`: false is `none`, true is `password` with a"
                    + " `saslPassword` and `mtls` without.");

    static final Field<String> USERNAME = Field.seed("saslUsername", text())
            .defaultNote("required with `password`")
            .means("User name at Kafka.");

    static final Field<Secret> PASSWORD = Field.seed("saslPassword", secret())
            .defaultNote("required with `password`")
            .means("Password at Kafka.");

    static final Field<SaslMechanism> MECHANISM = Field.seed(
                    "saslMechanism",
                    choice(
                            entry("PLAINTEXT", SaslMechanism.PLAIN),
                            entry("PLAIN", SaslMechanism.PLAIN),
                            entry("SHA-256", SaslMechanism.SCRAM_SHA_256),
                            entry("SHA-512", SaslMechanism.SCRAM_SHA_512),
                            entry("SCRAM-SHA-256", SaslMechanism.SCRAM_SHA_256),
                            entry("SCRAM-SHA-512", SaslMechanism.SCRAM_SHA_512)))
            .defaultsTo("PLAINTEXT")
            .means("How the password is proven.");

    static final List<Field<?>> ALL = List.of(AUTH_TYPE, AUTH_REQUIRED, USERNAME, PASSWORD, MECHANISM);

    private static final List<Field<?>> OF_CERTAIN_TYPES = Stream.of(
                    List.of(USERNAME, PASSWORD, MECHANISM), TlsFields.ALL, OidcFields.ALL, AwsFields.ALL)
            .flatMap(List::stream)
            .toList();

    private AuthFields() {}

    static AuthSettings read(Fields fields) {
        AuthType type = type(fields);
        if (type == null) {
            return new AuthSettings.None(TlsFields.OFF);
        }
        Tls tls = TlsFields.read(fields, type);
        AuthSettings auth = settings(fields, type, tls);
        String off = tls.enabled() ? "" : " and TLS is off";
        fields.warnUnused(OF_CERTAIN_TYPES, "authType is " + type.label() + off);
        return auth;
    }

    private static @Nullable AuthType type(Fields fields) {
        if (fields.has(AUTH_REQUIRED)) {
            String instead = fields.has(AUTH_TYPE) ? "is ignored because authType is set, and " : "";
            fields.warn(AUTH_REQUIRED, instead + "is deprecated: use authType");
        }
        if (fields.has(AUTH_TYPE)) {
            return fields.optional(AUTH_TYPE);
        }
        if (fields.has(AUTH_REQUIRED)) {
            return typeIfRequired(fields, fields.optional(AUTH_REQUIRED));
        }
        fields.error(
                AUTH_TYPE,
                "kafka error: 'authType' attribute was missing or empty ("
                        + AUTH_TYPE.type().allowed() + ")");
        return null;
    }

    private static @Nullable AuthType typeIfRequired(Fields fields, @Nullable Boolean required) {
        if (required == null) {
            return null;
        }
        if (!required) {
            return AuthType.NONE;
        }
        return fields.has(PASSWORD) ? AuthType.PASSWORD : AuthType.MTLS;
    }

    private static AuthSettings settings(Fields fields, AuthType type, Tls tls) {
        return switch (type) {
            case NONE -> new AuthSettings.None(tls);
            case PASSWORD -> password(fields, tls);
            case MTLS -> new AuthSettings.MutualTls(tls);
            case CERTIFICATE -> new AuthSettings.Certificate(tls);
            case OIDC -> OidcFields.withSecret(fields, tls);
            case OIDC_PRIVATE_KEY_JWT -> OidcFields.withAssertion(fields, tls);
            case AWSIAM -> AwsFields.read(fields, tls);
        };
    }

    private static AuthSettings password(Fields fields, Tls tls) {
        SaslMechanism mechanism = fields.value(MECHANISM);
        if (mechanism == SaslMechanism.PLAIN && !tls.enabled()) {
            fields.warn(TlsFields.DISABLE_TLS, "sends saslPassword over the network in clear text");
        }
        return new AuthSettings.Password(
                fields.require(USERNAME, "kafka error: missing SASL Username for authType 'password'", ""),
                fields.require(PASSWORD, "kafka error: missing SASL Password for authType 'password'", new Secret("")),
                mechanism,
                tls);
    }
}
