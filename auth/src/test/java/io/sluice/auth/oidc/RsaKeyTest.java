package io.sluice.auth.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RsaKeyTest {
    @Test
    void bothFormsOfAPemAreTheSameKey(@TempDir Path folder) throws Exception {
        Path pkcs8 = folder.resolve("pkcs8.pem");
        Path pkcs1 = folder.resolve("pkcs1.pem");
        openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", pkcs8.toString());
        openssl("rsa", "-in", pkcs8.toString(), "-traditional", "-out", pkcs1.toString());

        assertThat(Files.readString(pkcs1)).startsWith("-----BEGIN RSA PRIVATE KEY-----");
        assertThat(RsaKey.parse(Files.readString(pkcs1))).isEqualTo(RsaKey.parse(Files.readString(pkcs8)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----",
                "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
                "-----BEGIN RSA PRIVATE KEY-----\n\n-----END RSA PRIVATE KEY-----",
                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END RSA PRIVATE KEY-----"
            })
    void anythingElseIsRefused(String pem) {
        assertThatThrownBy(() -> RsaKey.parse(pem))
                .hasMessage("oidcClientAssertionKey: client_jwt requires RSA private key");
    }

    private static void openssl(String... arguments) throws Exception {
        String[] command = new String[arguments.length + 1];
        command[0] = "openssl";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        assertThat(new ProcessBuilder(command).redirectErrorStream(true).start().waitFor())
                .isZero();
    }
}
