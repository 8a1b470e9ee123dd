package io.sluice.auth.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sluice.auth.tls.PemSource;
import io.sluice.auth.token.TokenException;
import io.sluice.testing.tls.Identity;
import io.sluice.testing.tls.TestCa;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.RSAPrivateKey;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RsaKeyTest {
    private static final TestCa CA = TestCa.create();

    @Test
    void bothFormsOfAPemAreTheSameKeyAsATextAndInAFile(@TempDir Path folder) throws Exception {
        Identity signer = CA.issue("signer").rsa().sign();
        Path file = Files.writeString(folder.resolve("key.pem"), signer.key());

        assertThat(signer.traditionalKey()).startsWith("-----BEGIN RSA PRIVATE KEY-----");
        assertThat(read(signer.traditionalKey())).isEqualTo(signer.privateKey());
        assertThat(read(signer.key())).isEqualTo(signer.privateKey());
        assertThat(read(file.toString())).isEqualTo(signer.privateKey());
    }

    @Test
    void anotherKindOfKeyIsRefusedByDaprsWords() {
        assertThatThrownBy(() -> read(CA.client("ec").key()))
                .isInstanceOf(TokenException.class)
                .hasMessage("oidcClientAssertionKey: client_jwt requires RSA private key");
    }

    @ParameterizedTest
    @MethodSource("refused")
    void anythingElseIsRefusedByThoseWordsWithTheReason(String pem, String reason) {
        assertThatThrownBy(() -> read(pem))
                .isInstanceOf(TokenException.class)
                .hasMessage("oidcClientAssertionKey: client_jwt requires RSA private key; this " + reason);
    }

    private static Stream<Arguments> refused() {
        String damaged = "is damaged or of a kind that is not known (RSA, EC and EdDSA are)";
        return Stream.of(
                arguments(CA.certificate(), "holds no private key"),
                arguments(block("ENCRYPTED PRIVATE KEY", "AAAA"), "is encrypted, and there is no password for it"),
                arguments(block("EC PRIVATE KEY", "AAAA"), "is damaged: its EC key names no curve"),
                arguments(block("PRIVATE KEY", "AAAA"), damaged),
                arguments(block("RSA PRIVATE KEY", ""), damaged),
                arguments(
                        block("RSA PRIVATE KEY", "Proc-Type: 4,ENCRYPTED\n\nAAAA"),
                        "is encrypted in OpenSSL's old form; `openssl pkcs8 -topk8` makes one that can be used"));
    }

    @Test
    void aFileThatIsNotThereIsNamed(@TempDir Path folder) {
        Path file = folder.resolve("key.pem");

        assertThatThrownBy(() -> read(file.toString()))
                .hasMessage(
                        "oidcClientAssertionKey (" + file + "): client_jwt requires RSA private key; this is no file");
    }

    private static String block(String label, String body) {
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----";
    }

    private static RSAPrivateKey read(String textOrPath) throws TokenException {
        return RsaKey.read(new PemSource("oidcClientAssertionKey", textOrPath));
    }
}
