package io.sluice.auth.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.core.binding.Secret;
import io.sluice.testing.tls.Identity;
import io.sluice.testing.tls.TestCa;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.Base64;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateKeysTest {
    private static final TestCa CA = TestCa.create();
    private static final Identity EC = CA.client("ec");
    private static final Identity RSA = CA.issue("rsa").rsa().sign();

    @ParameterizedTest
    @MethodSource("keys")
    void everyFormOfAKeyIsRead(Identity identity) {
        assertThat(read(identity.key(), null)).matches(of(identity));
        assertThat(read(identity.encryptedKey("changeit"), "changeit")).matches(of(identity));
        assertThat(read(identity.traditionalKey(), null)).matches(of(identity));
    }

    private static Stream<Identity> keys() {
        return Stream.of(EC, RSA);
    }

    @Test
    void anEdwardsKeyIsRead() throws Exception {
        var key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate();
        String pem = "-----BEGIN PRIVATE KEY-----\n" + Base64.getEncoder().encodeToString(key.getEncoded())
                + "\n-----END PRIVATE KEY-----\n";

        assertThat(read(pem, null)).isEqualTo(key);
    }

    @Test
    void aKeyBesideCertificatesAndParametersIsFound() {
        String ahead = "Bag Attributes\n" + EC.certificates()
                + "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";

        assertThat(read(ahead + EC.traditionalKey(), null)).matches(of(EC));
    }

    @Test
    void linesMayEndAsOnWindowsOrNotAtAll() {
        assertThat(read(EC.key().replace("\n", "\r\n"), null)).matches(of(EC));
        assertThat(read(EC.key().replace("\n", " ").strip(), null)).matches(of(EC));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mistyped", "", "gr\u00FCn"})
    void aWrongPasswordIsSaidAndNotShown(String wrong) {
        assertThatThrownBy(() -> read(EC.encryptedKey("changeit"), wrong))
                .isInstanceOf(PemException.class)
                .hasMessage("clientKey cannot be decrypted: its password is wrong, or has letters beyond ASCII");
    }

    @Test
    void whatCannotBeReadSaysWhatToDo() {
        assertThatThrownBy(() -> read(EC.encryptedKey("changeit"), null))
                .hasMessage("clientKey is encrypted, and there is no password for it");
        assertThatThrownBy(() -> read(RSA.encryptedTraditionalKey("changeit"), "changeit"))
                .hasMessageContaining("openssl pkcs8 -topk8");
        assertThatThrownBy(() -> read(EC.certificates(), null)).hasMessage("clientKey holds no private key");
        assertThatThrownBy(() -> read(block("PRIVATE KEY", "AAAA"), null)).hasMessageContaining("is damaged");
        assertThatThrownBy(() -> read(block("EC PRIVATE KEY", "AAAA"), null)).hasMessageContaining("no curve");
        assertThatThrownBy(() -> read(block("RSA PRIVATE KEY", "!"), null)).hasMessageContaining("not Base64");
        assertThatThrownBy(() -> read(block("OPENSSH PRIVATE KEY", "AAAA"), null))
                .hasMessageContaining("OPENSSH PRIVATE KEY");
    }

    @Test
    void aKeyThatWasCutAnywhereIsDamaged() {
        String whole = EC.traditionalKey();
        for (int length = "-----BEGIN ".length(); length < whole.strip().length(); length++) {
            String cut = whole.substring(0, length);
            assertThatThrownBy(() -> read(cut, null)).as(cut).isInstanceOf(PemException.class);
        }
    }

    private static Predicate<PrivateKey> of(Identity identity) {
        return key -> KeyPairs.fit(identity.certificate().getPublicKey(), key);
    }

    private static String block(String label, String body) {
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    private static PrivateKey read(String pem, @Nullable String password) {
        return PrivateKeys.read(new PemSource("clientKey", pem), password == null ? null : new Secret(password));
    }
}
