package io.sluice.auth.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.binding.AuthSettings;
import io.sluice.core.binding.AuthSettings.Password;
import io.sluice.core.binding.AuthSettings.SaslMechanism;
import io.sluice.core.binding.AuthSettings.Tls;
import io.sluice.core.binding.Secret;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.security.JaasContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaSecurityTest {
    private final Vertx vertx = Vertx.vertx();
    private static final Tls OFF = new Tls(false, null, null, null, null, false);
    private static final Tls ON = new Tls(true, null, null, null, null, false);

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void noAuthenticationWithoutTlsIsPlainText() {
        assertThat(properties(new AuthSettings.None(OFF))).containsExactly(Map.entry("security.protocol", "PLAINTEXT"));
    }

    @Test
    void mutualTlsAndCertificateUseTls() {
        assertThat(properties(new AuthSettings.MutualTls(ON))).containsEntry("security.protocol", "SSL");
        assertThat(properties(new AuthSettings.Certificate(ON))).containsEntry("security.protocol", "SSL");
    }

    @ParameterizedTest
    @CsvSource({
        "PLAIN,PLAIN,PlainLoginModule",
        "SCRAM_SHA_256,SCRAM-SHA-256,ScramLoginModule",
        "SCRAM_SHA_512,SCRAM-SHA-512,ScramLoginModule"
    })
    void aPasswordUsesItsMechanism(SaslMechanism mechanism, String kafkasName, String module) {
        var properties = properties(password("user", "secret", mechanism, ON));

        assertThat(properties)
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("sasl.mechanism", kafkasName);
        assertThat(((org.apache.kafka.common.config.types.Password) properties.get("sasl.jaas.config")).value())
                .contains(module);
        assertThat(properties.toString()).doesNotContain("secret");
    }

    @Test
    void aPasswordWithoutTlsIsSaslOverPlainText() {
        assertThat(properties(password("u", "p", SaslMechanism.PLAIN, OFF)))
                .containsEntry("security.protocol", "SASL_PLAINTEXT");
    }

    @Test
    void whatALoginSpeaksIsSaidTheSameWithoutOpeningAClient() {
        for (AuthSettings auth : List.of(
                new AuthSettings.None(OFF),
                new AuthSettings.Certificate(ON),
                new AuthSettings.Certificate(OFF),
                new AuthSettings.MutualTls(ON),
                password("u", "p", SaslMechanism.PLAIN, OFF),
                password("u", "p", SaslMechanism.PLAIN, ON))) {
            assertThat(properties(auth)).containsEntry("security.protocol", Transport.protocol(auth).name);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\" tokenauth=\"true",
                "back\\slash",
                "semi;colon",
                " spaces ",
                "new\nline7",
                "tab\tnul\0",
                "emoji \uD83D\uDD11",
                "'",
                "\u00E9\u20AC"
            })
    void aPasswordStaysOnePassword(String hostile) {
        var properties = properties(password(hostile, hostile, SaslMechanism.PLAIN, OFF));

        var options = JaasContext.loadClientContext(Map.of("sasl.jaas.config", properties.get("sasl.jaas.config")))
                .configurationEntries()
                .get(0)
                .getOptions();
        assertThat(options).hasSize(2);
        assertThat((Object) options.get("username")).isEqualTo(hostile);
        assertThat((Object) options.get("password")).isEqualTo(hostile);
    }

    private Map<String, Object> properties(AuthSettings auth) {
        return new KafkaLogins(vertx).of(auth).clientProperties();
    }

    private static Password password(String user, String password, SaslMechanism mechanism, Tls tls) {
        return new Password(user, new Secret(password), mechanism, tls);
    }
}
