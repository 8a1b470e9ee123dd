package io.sluice.core.component.kafka;

import static io.sluice.core.component.field.FieldTypes.bool;
import static io.sluice.core.component.field.FieldTypes.secret;

import io.sluice.core.binding.AuthSettings.Tls;
import io.sluice.core.binding.Secret;
import io.sluice.core.component.field.Field;
import io.sluice.core.component.field.Fields;
import io.sluice.core.component.field.PemTypes;
import java.util.List;

/** Transport security: on for every {@code authType} but {@code none}, unless {@code disableTls}. */
final class TlsFields {
    static final Tls OFF = new Tls(false, null, null, null, null, false);

    static final Field<String> CA_CERT = Field.dapr("caCert", PemTypes.certificates())
            .defaultNote("the system's roots; required with `certificate`")
            .wrong("kafka error: invalid ca certificate")
            .means("Roots that the brokers' certificates must go back to. New connections see a changed file.");

    static final Field<String> CLIENT_CERT = Field.dapr("clientCert", PemTypes.certificates())
            .defaultNote("required with `mtls`")
            .wrong("kafka error: invalid client certificate")
            .means(
                    "Certificate of the gateway, with those between it and the root. New connections see a changed file.");

    static final Field<Secret> CLIENT_KEY = Field.dapr("clientKey", PemTypes.privateKey())
            .defaultNote("required with `mtls`")
            .wrong("kafka error: invalid client key")
            .means(
                    "Private key of `clientCert`: PKCS #8, encrypted or not, PKCS #1 or SEC 1. New connections see a changed"
                            + " file.");

    static final Field<Secret> CLIENT_KEY_PASSWORD = Field.sluice("clientKeyPassword", secret())
            .defaultNote("none")
            .means("Password of an encrypted `clientKey`.");

    static final Field<Boolean> SKIP_VERIFY = Field.dapr("skipVerify", bool())
            .defaultsTo("false")
            .means("Whether any certificate of a broker is accepted. For tests only.");

    static final Field<Boolean> DISABLE_TLS = Field.dapr("disableTls", bool())
            .defaultsTo("false")
            .means("Whether connections are not encrypted although `authType` is not `none`.");

    static final List<Field<?>> ALL =
            List.of(CA_CERT, CLIENT_CERT, CLIENT_KEY, CLIENT_KEY_PASSWORD, SKIP_VERIFY, DISABLE_TLS);

    private static final String HALF_AN_IDENTITY = "kafka error: clientKey or clientCert is missing";

    private TlsFields() {}

    static Tls read(Fields fields, AuthType type) {
        boolean disabled = fields.value(DISABLE_TLS);
        boolean skipVerify = fields.value(SKIP_VERIFY);
        if (type == AuthType.NONE) {
            return OFF;
        }
        if (disabled) {
            return withoutTls(fields, type, skipVerify);
        }
        if (skipVerify) {
            fields.warn(SKIP_VERIFY, "accepts any certificate: whoever sits between here and Kafka can read along");
        }
        if (type == AuthType.CERTIFICATE && !fields.has(CA_CERT)) {
            fields.error(
                    CA_CERT,
                    "kafka error: missing CA certificate property 'caCert' for authType 'certificate' ("
                            + CA_CERT.type().allowed() + ")");
        }
        return type == AuthType.MTLS
                ? withIdentity(fields, skipVerify)
                : new Tls(true, fields.optional(CA_CERT), null, null, null, skipVerify);
    }

    private static Tls withoutTls(Fields fields, AuthType type, boolean skipVerify) {
        if (type == AuthType.OIDC || type == AuthType.OIDC_PRIVATE_KEY_JWT) {
            // The token endpoint may have TLS all the same.
            return new Tls(false, fields.optional(CA_CERT), null, null, null, skipVerify);
        }
        if (type == AuthType.MTLS) {
            fields.error(
                    DISABLE_TLS,
                    "kafka: cannot configure mTLS authentication when TLSDisable is 'true'"
                            + " (must be false with authType mtls)");
        } else if (type == AuthType.CERTIFICATE) {
            fields.warn(DISABLE_TLS, "leaves nothing of authType certificate: the connection is in clear text");
        }
        return OFF;
    }

    private static Tls withIdentity(Fields fields, boolean skipVerify) {
        String cert = fields.require(CLIENT_CERT, HALF_AN_IDENTITY, "");
        Secret key = fields.require(CLIENT_KEY, HALF_AN_IDENTITY, new Secret(""));
        Secret password = null;
        if (PemTypes.isEncryptedInTheOldForm(key.reveal())) {
            fields.error(
                    CLIENT_KEY,
                    "is encrypted in OpenSSL's old form (must be PKCS #8, which `openssl pkcs8 -topk8` makes of it)");
        } else if (PemTypes.isEncrypted(key.reveal())) {
            password = fields.optional(CLIENT_KEY_PASSWORD);
            if (!fields.has(CLIENT_KEY_PASSWORD)) {
                fields.error(CLIENT_KEY, "is encrypted (must have the field clientKeyPassword)");
            }
        }
        return new Tls(true, fields.optional(CA_CERT), cert, key, password, skipVerify);
    }
}
