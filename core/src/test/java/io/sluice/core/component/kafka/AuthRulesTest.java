package io.sluice.core.component.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.binding.AuthSettings;
import io.sluice.core.binding.AuthSettings.MutualTls;
import io.sluice.core.binding.AuthSettings.Password;
import io.sluice.core.binding.AuthSettings.SaslMechanism;
import io.sluice.core.binding.AuthSettings.Tls;
import io.sluice.core.component.Pem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthRulesTest {
    private static final String[] USER = {"authType", "password", "saslUsername", "u", "saslPassword", "p"};

    @Test
    void aValueThatIsWrongIsToldEvenWhereTheFieldHasNoEffect() {
        assertThat(Reading.of("authType", "none", "disableTls", "maybe").errors())
                .anyMatch(line -> line.contains("orders.disableTls"));
        assertThat(Reading.of("authType", "none", "skipVerify", "maybe").errors())
                .anyMatch(line -> line.contains("orders.skipVerify"));
    }

    @Test
    void theTypeIsRequired() {
        assertThat(Reading.onlyOf("brokers", "h:1").errors())
                .containsExactly("k.yaml: orders.authType: kafka error: 'authType' attribute was missing or empty"
                        + " (must be \"none\", \"password\", \"mtls\", \"certificate\", \"oidc\","
                        + " \"oidc_private_key_jwt\", or \"awsiam\")");
    }

    @Test
    void anUnknownTypeIsToldOnce() {
        assertThat(Reading.of("authType", "x").errors())
                .singleElement()
                .asString()
                .contains("kafka error: invalid value for 'authType' attribute: \"x\" (must be ");
    }

    @ParameterizedTest
    @CsvSource({"false, None", "true, MutualTls"})
    void authRequiredAloneStillCountsAndIsDeprecated(String required, String type) {
        var reading = Reading.onlyOf("brokers", "h:1", "authRequired", required);

        assertThat(reading.binding().auth().getClass().getSimpleName()).isEqualTo(type);
        assertThat(reading.warnings()).anyMatch(line -> line.contains("orders.authRequired: is deprecated"));
    }

    @Test
    void authRequiredWithAPasswordMeansPassword() {
        var reading = Reading.onlyOf(
                "brokers",
                "h:1",
                "authRequired",
                "true",
                "saslUsername",
                "u",
                "saslPassword",
                "p",
                "disableTls",
                "true");

        assertThat(reading.errors()).isEmpty();
        assertThat(reading.binding().auth()).isInstanceOf(Password.class);
        assertThat(reading.binding().auth().tls().enabled()).isFalse();
        assertThat(reading.warnings()).anyMatch(line -> line.contains("clear text"));
    }

    @Test
    void authTypeWinsOverAuthRequired() {
        var reading = Reading.of("authRequired", "true");

        assertThat(reading.binding().auth()).isInstanceOf(AuthSettings.None.class);
        assertThat(reading.warnings()).singleElement().asString().contains("is ignored because authType is set");
    }

    @ParameterizedTest
    @CsvSource({
        "PLAINTEXT, PLAIN",
        "plain, PLAIN",
        "SHA-256, SCRAM_SHA_256",
        "sha-512, SCRAM_SHA_512",
        "SCRAM-SHA-256, SCRAM_SHA_256",
        "SCRAM-SHA-512, SCRAM_SHA_512",
        "'', PLAIN"
    })
    void saslMechanisms(String text, SaslMechanism expected) {
        var reading = Reading.of(with(USER, "saslMechanism", text));

        assertThat(reading.errors()).isEmpty();
        assertThat(((Password) reading.binding().auth()).mechanism()).isEqualTo(expected);
    }

    @Test
    void aPasswordNeedsAUserAndItsSecret() {
        assertThat(Reading.of("authType", "password").errors())
                .hasSize(2)
                .anyMatch(line -> line.contains(
                        "orders.saslUsername: kafka error: missing SASL Username for authType 'password'"))
                .anyMatch(line -> line.contains(
                        "orders.saslPassword: kafka error: missing SASL Password for authType 'password'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "certificate"})
    void tlsIsOnUnlessDisabled(String type) {
        String[] fields = with(USER, "authType", type, "caCert", Pem.CERTIFICATE.path());

        assertThat(Reading.of(fields).binding().auth().tls().enabled()).isTrue();
        assertThat(Reading.of(with(fields, "disableTls", "true"))
                        .binding()
                        .auth()
                        .tls()
                        .enabled())
                .isFalse();
    }

    @Test
    void noneIsWithoutTlsWhateverItsCase() {
        var reading = Reading.of("authType", "None", "caCert", Pem.CERTIFICATE.path());

        assertThat(reading.binding().auth().tls().enabled()).isFalse();
        assertThat(reading.warnings())
                .containsExactly("k.yaml: orders.caCert: is not used: authType is none and TLS is off");
    }

    @Test
    void certificateNeedsTheRoots() {
        assertThat(Reading.of("authType", "certificate").errors())
                .singleElement()
                .asString()
                .contains("orders.caCert: kafka error: missing CA certificate property 'caCert'"
                        + " for authType 'certificate'");
    }

    @Test
    void mutualTlsNeedsCertificateAndKey() {
        assertThat(Reading.of("authType", "mtls").errors())
                .hasSize(2)
                .allMatch(line -> line.contains("kafka error: clientKey or clientCert is missing"));
        assertThat(Reading.of("authType", "mtls", "clientCert", Pem.CERTIFICATE.path())
                        .errors())
                .singleElement()
                .asString()
                .contains("orders.clientKey:");
    }

    @Test
    void mutualTlsWithoutRootsUsesTheSystems() {
        var reading = Reading.of("authType", "mtls", "clientCert", Pem.CERTIFICATE.text(), "clientKey", Pem.KEY.path());

        assertThat(reading.errors()).isEmpty();
        assertThat(reading.binding().auth()).isInstanceOf(MutualTls.class);
        assertThat(reading.binding().auth().tls().caCert()).isNull();
    }

    @Test
    void mutualTlsCannotBeWithoutTls() {
        assertThat(Reading.of("authType", "mtls", "disableTls", "true").errors())
                .anyMatch(line -> line.contains("orders.disableTls: kafka: cannot configure mTLS authentication"
                        + " when TLSDisable is 'true'"));
    }

    @Test
    void anEncryptedKeyNeedsItsPassword() {
        String[] fields = {
            "authType", "mtls", "clientCert", Pem.CERTIFICATE.path(), "clientKey", Pem.ENCRYPTED_KEY.path()
        };

        assertThat(Reading.of(fields).errors())
                .singleElement()
                .asString()
                .contains("orders.clientKey: is encrypted (must have the field clientKeyPassword)");
        assertThat(Reading.of(with(fields, "clientKeyPassword", "changeit")).errors())
                .isEmpty();
    }

    @Test
    void aKeyThatIsEncryptedInTheOldFormIsRefusedWithWhatToDo() {
        String key = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA\n"
                + "-----END RSA PRIVATE KEY-----\n";

        assertThat(Reading.of(
                                "authType",
                                "mtls",
                                "clientCert",
                                Pem.CERTIFICATE.path(),
                                "clientKey",
                                key,
                                "clientKeyPassword",
                                "changeit")
                        .errors())
                .singleElement()
                .asString()
                .contains("orders.clientKey: is encrypted in OpenSSL's old form")
                .contains("openssl pkcs8 -topk8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"awsiam"})
    void aTypeThatIsNotAvailableIsRefusedAndCheckedAllTheSame(String type) {
        assertThat(Reading.of("authType", type).errors())
                .contains("k.yaml: orders.authType: authType " + type
                        + " is not available in this version"
                        + " (available: none, password, mtls, certificate, oidc, oidc_private_key_jwt)")
                .anyMatch(line -> line.contains("missing"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"oidc", "oidc_private_key_jwt"})
    void withoutTlsToTheBrokersTheTokenEndpointIsTrustedAsEver(String type) {
        String[] fields = {
            "authType",
            type,
            "disableTls",
            "true",
            "caCert",
            Pem.CERTIFICATE.text(),
            "oidcTokenEndpoint",
            "https://id.example.com/token",
            "oidcClientID",
            "c",
            "oidcClientSecret",
            "s",
            "oidcClientAssertionCert",
            Pem.CERTIFICATE.text(),
            "oidcClientAssertionKey",
            Pem.KEY.text()
        };

        Tls tls = Reading.of(fields).binding().auth().tls();

        assertThat(tls.enabled()).isFalse();
        assertThat(tls.caCert()).isEqualTo(Pem.CERTIFICATE.text());
    }

    @ParameterizedTest
    @CsvSource({
        "oidc, oidcTokenEndpoint, kafka error: missing OIDC Token Endpoint for authType 'oidc'",
        "oidc, oidcClientID, kafka error: missing OIDC Client ID for authType 'oidc'",
        "oidc, oidcClientSecret, kafka error: missing OIDC Client Secret for authType 'oidc'",
        "oidc_private_key_jwt, oidcClientAssertionCert, kafka error: missing OIDC Client Assertion Cert",
        "oidc_private_key_jwt, oidcClientAssertionKey, kafka error: missing OIDC Client Assertion Key",
        "awsiam, region, failed to validate AWS IAM authentication fields: metadata property AWSRegion is missing"
    })
    void whatATypeNeedsIsNamed(String type, String field, String message) {
        assertThat(Reading.of("authType", type).errors())
                .anyMatch(line -> line.startsWith("k.yaml: orders." + field + ": " + message));
    }

    @Test
    void theShorterAwsNameWins() {
        var reading = Reading.of("authType", "awsiam", "awsRegion", "long", "region", "short");

        assertThat(((AuthSettings.AwsIam) reading.binding().auth()).region()).isEqualTo("short");
        assertThat(((AuthSettings.AwsIam) Reading.of("authType", "awsiam", "awsRegion", "long")
                                .binding()
                                .auth())
                        .region())
                .isEqualTo("long");
    }

    private static String[] with(String[] fields, String... more) {
        var all = java.util.Arrays.copyOf(fields, fields.length + more.length);
        System.arraycopy(more, 0, all, fields.length, more.length);
        return all;
    }
}
