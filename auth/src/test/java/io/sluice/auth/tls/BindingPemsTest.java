package io.sluice.auth.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.component.ComponentLoader;
import io.sluice.core.component.LoadResult;
import io.sluice.core.component.LoaderSettings;
import io.sluice.testing.tls.Identity;
import io.sluice.testing.tls.TestCa;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever field a PEM stands in: what connections could not use is told when the file is loaded. */
class BindingPemsTest {
    private static final TestCa CA = TestCa.create();
    private static final Identity EC = CA.client("ec");
    private static final Identity RSA = CA.issue("rsa").rsa().sign();
    private static final String HOLLOW = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                HOLLOW,
                "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\nno Base64!\n-----END PRIVATE KEY-----\n",
                "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n",
                "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n"
            })
    void aKeyWithNothingInItIsAProblemOfItsField(String key) throws IOException {
        assertThat(mtls(EC.certificates(), key).problems())
                .singleElement()
                .asString()
                .contains("k.yaml: orders.clientKey: \"" + folder.resolve("key.pem"))
                .doesNotContain("AAAA", "no Base64");
        assertThat(registry(key).problems())
                .singleElement()
                .asString()
                .contains("k.yaml: orders.schemaRegistryClientKey: ");
        assertThat(assertion(key).problems())
                .singleElement()
                .asString()
                .contains("k.yaml: orders.oidcClientAssertionKey: ");
    }

    @Test
    void aKeyThatDoesNotFitItsCertificateIsAProblem() throws IOException {
        assertThat(mtls(EC.certificates(), CA.client("other").key()).problems())
                .singleElement()
                .asString()
                .contains("orders.clientKey: ", "does not fit clientCert");
    }

    @Test
    void anAssertionIsSignedByAnRsaKey() throws IOException {
        assertThat(assertion(EC.key()).problems())
                .singleElement()
                .asString()
                .contains("orders.oidcClientAssertionKey: ", "client_jwt requires RSA private key");
        assertThat(assertion(RSA.key()).problems()).isEmpty();
        assertThat(assertion(RSA.traditionalKey()).problems()).isEmpty();
    }

    @Test
    void aPasswordThatDoesNotOpenTheKeyIsAProblem() throws IOException {
        assertThat(mtls(EC.certificates(), EC.encryptedKey("changeit"), "- {name: clientKeyPassword, value: other}")
                        .problems())
                .singleElement()
                .asString()
                .contains("orders.clientKey: ", "its password is wrong");
        assertThat(mtls(EC.certificates(), EC.encryptedKey("changeit"), "- {name: clientKeyPassword, value: changeit}")
                        .problems())
                .isEmpty();
    }

    @Test
    void whatCanBeUsedIsNoProblem() throws IOException {
        assertThat(mtls(EC.certificates(), EC.key()).problems()).isEmpty();
        assertThat(mtls(RSA.certificates(), RSA.traditionalKey()).bindings()).hasSize(1);
        assertThat(registry(EC.key()).problems()).isEmpty();
    }

    private LoadResult mtls(String certificate, String key, String... more) throws IOException {
        return load(certificate, key, "mtls", "clientCert", "clientKey", String.join("\n", more));
    }

    private LoadResult registry(String key) throws IOException {
        return load(
                EC.certificates(),
                key,
                "none",
                "schemaRegistryClientCert",
                "schemaRegistryClientKey",
                "- {name: schemaRegistryURL, value: 'https://registry.example.com'}");
    }

    private LoadResult assertion(String key) throws IOException {
        return load(
                RSA.certificates(),
                key,
                "oidc_private_key_jwt",
                "oidcClientAssertionCert",
                "oidcClientAssertionKey",
                "- {name: oidcTokenEndpoint, value: 'https://id.example.com'}\n- {name: oidcClientID, value: me}");
    }

    private LoadResult load(
            String certificate, String key, String authType, String certificateField, String keyField, String more)
            throws IOException {
        Files.writeString(folder.resolve("certificate.pem"), certificate);
        Files.writeString(folder.resolve("key.pem"), key);
        Files.writeString(folder.resolve("k.yaml"), """
            apiVersion: dapr.io/v1alpha1
            kind: Component
            metadata: {name: orders}
            spec:
              type: bindings.kafka
              metadata:
              - {name: brokers, value: "localhost:9092"}
              - {name: publishTopic, value: orders}
              - {name: authType, value: %s}
              - {name: %s, value: "%s"}
              - {name: %s, value: "%s"}
            %s\
            """.formatted(
                        authType,
                        certificateField,
                        folder.resolve("certificate.pem"),
                        keyField,
                        folder.resolve("key.pem"),
                        more.indent(2)));
        var settings = new LoaderSettings(List.of(folder), "app", null, Map.of(), null);
        return ComponentLoader.load(settings, BindingPems::check);
    }
}
