package io.sluice.http.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.http.Complaints;
import io.sluice.testing.tls.Identity;
import io.sluice.testing.tls.TestCa;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files are taken, and what is said of others. */
class TlsFilesTest {
    private static final TestCa CA = TestCa.create();

    private final Identity server = CA.server();
    private final Identity rsa = CA.issue("rsa").forHosts("localhost").rsa().sign();

    @TempDir
    private Path folder;

    @Test
    void everyFormOfAKeyIsRead() throws IOException {
        var password = Files.writeString(folder.resolve("password"), "pass word\n");

        assertTaken(server, server.key(), password);
        assertTaken(server, server.traditionalKey(), password);
        assertTaken(server, server.encryptedKey("pass word"), password);
        assertTaken(rsa, rsa.key(), password);
        assertTaken(rsa, rsa.traditionalKey(), password);
        assertTaken(rsa, rsa.encryptedKey("pass word"), password);
    }

    private void assertTaken(Identity identity, String key, Path password) throws IOException {
        write(identity);
        Files.writeString(key(), key);

        assertThatCode(() -> ListenerTls.check(new TlsSettings(cert(), key(), password, null, false)))
                .as(key.substring(0, key.indexOf('\n')))
                .doesNotThrowAnyException();
    }

    @Test
    void whatCannotBeUsedIsNamedWithTheReason() throws IOException {
        var encrypted = server.encryptedKey("right");
        var wrong = Files.writeString(folder.resolve("password"), "wrong");

        assertProblem(
                key(), "does not fit tls-cert (" + cert() + ")", CA.server().key());
        assertProblem(key(), "does not fit tls-cert (" + cert() + ")", rsa.key());
        assertProblem(key(), "holds no private key", "nonsense");
        assertProblem(key(), "is damaged or of a kind that is not known", pem("PRIVATE KEY", "bm9uc2Vuc2U="));
        assertProblem(key(), "is encrypted, and there is no password", encrypted);
        assertProblem(key(), "is encrypted in OpenSSL's old form", server.encryptedTraditionalKey("x"));
        assertProblem(cert(), "holds no certificate", "nonsense");
        assertProblem(cert(), "is damaged: a certificate in it cannot be read", pem("CERTIFICATE", "bm9uc2Vuc2U="));
        write(server);
        Files.writeString(key(), encrypted);
        assertThatThrownBy(() -> ListenerTls.load(new TlsSettings(cert(), key(), wrong, null, false)))
                .hasMessage(key() + ": cannot be decrypted: its password is wrong, or has letters beyond ASCII");
        Files.delete(wrong);
        assertThatThrownBy(() -> ListenerTls.load(new TlsSettings(cert(), key(), wrong, null, false)))
                .hasMessage(wrong + ": is no file");
        Files.delete(key());
        assertThatThrownBy(this::load).hasMessage(key() + ": is no file");
    }

    @Test
    void anExpiredCertificateIsUsedWithAWarning() throws Exception {
        write(CA.issue("late").forHosts("localhost").expired().sign());

        try (var complaints = Complaints.listen()) {
            load();

            assertThat(complaints.take()).singleElement().asString().contains("expired");
        }
    }

    private void assertProblem(Path file, String problem, String content) throws IOException {
        write(server);
        Files.writeString(file, content);
        assertThatThrownBy(this::load)
                .isInstanceOfSatisfying(
                        InvalidTlsException.class, e -> assertThat(e.file()).isEqualTo(file))
                .hasMessageStartingWith(file + ": " + problem);
    }

    private static String pem(String kind, String base64) {
        return Stream.of("-----BEGIN " + kind + "-----", base64, "-----END " + kind + "-----")
                .reduce("", (text, line) -> text + line + "\n");
    }

    private ListenerTls load() throws InvalidTlsException {
        return ListenerTls.load(new TlsSettings(cert(), key(), null, null, false));
    }

    private void write(Identity identity) throws IOException {
        Files.writeString(cert(), identity.certificates());
        Files.writeString(key(), identity.key());
    }

    private Path cert() {
        return folder.resolve("cert.pem");
    }

    private Path key() {
        return folder.resolve("key.pem");
    }
}
