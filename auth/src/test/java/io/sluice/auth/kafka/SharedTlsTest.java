package io.sluice.auth.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.core.binding.AuthSettings.Certificate;
import io.sluice.core.binding.AuthSettings.MutualTls;
import io.sluice.core.binding.AuthSettings.Password;
import io.sluice.core.binding.AuthSettings.SaslMechanism;
import io.sluice.core.binding.AuthSettings.Tls;
import io.sluice.core.binding.Secret;
import io.sluice.testing.tls.Identity;
import io.sluice.testing.tls.TestCa;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedTlsTest {
    private static final TestCa CA = TestCa.create();
    private static final Identity CLIENT = CA.client("client");

    private final Vertx vertx = Vertx.vertx();
    private final KafkaLogins logins = new KafkaLogins(vertx);

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void clientsWithEqualSettingsShareTheirCertificatesWhateverTheyLogInWith() {
        var password = new Password("user", new Secret("hush"), SaslMechanism.PLAIN, trusting(CA.certificate()));
        Object first = tls(logins.of(new Certificate(trusting(CA.certificate()))));

        assertThat(tls(logins.of(password))).isSameAs(first);
        assertThat(tls(logins.of(new Certificate(trusting(TestCa.create().certificate())))))
                .isNotSameAs(first);
    }

    @Test
    void aClientThatIsOpenedWhileAFileIsDamagedHasWhatTheOthersHave(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("ca.pem"), CA.certificate());
        KafkaSecurity login = logins.of(new Certificate(trusting(file.toString())));
        Object first = tls(login);

        Files.writeString(file, "-----BEGIN CERT");

        assertThat(tls(login)).isSameAs(first);
    }

    @Test
    void certificatesThatCannotBeUsedAreSaidBeforeTheFirstConnection() {
        var certificate = new Certificate(trusting("/no/ca.pem"));

        assertThatThrownBy(() -> logins.of(certificate).clientProperties())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("caCert (/no/ca.pem) is no file");
    }

    @Test
    void withoutVerificationTheRootsAreNotEvenRead() {
        assertThat(logins.of(new Certificate(new Tls(true, "/no/ca.pem", null, null, null, true)))
                        .clientProperties())
                .isNotEmpty();
    }

    @Test
    void neitherKeyNorPasswordCanBePrinted() {
        var key = new Secret(CLIENT.encryptedKey("hush"));
        var tls = new Tls(true, null, CLIENT.certificates(), key, new Secret("hush"), false);

        Map<String, Object> properties = logins.of(new MutualTls(tls)).clientProperties();

        assertThat(properties.toString()).doesNotContain("hush").doesNotContain("BEGIN");
    }

    private static Object tls(KafkaSecurity login) {
        return login.clientProperties().get("sluice.tls");
    }

    private static Tls trusting(String caCert) {
        return new Tls(true, caCert, null, null, null, false);
    }
}
