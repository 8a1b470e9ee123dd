package io.sluice.auth.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.auth.token.Token;
import io.sluice.auth.token.TokenException;
import io.sluice.core.binding.AuthSettings.AwsIam;
import io.sluice.core.binding.AuthSettings.Tls;
import io.sluice.core.binding.Secret;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IamTokensTest {
    private static final Tls TLS = new Tls(true, null, null, null, null, false);
    private static final AwsIam NO_KEYS = new AwsIam("eu-central-1", null, null, null, null, "session", TLS);

    private final Vertx vertx = Vertx.vertx();
    private final WorkerExecutor workers = vertx.createSharedWorkerExecutor("tokens");
    private final Map<String, String> before = new HashMap<>();

    @TempDir
    private Path home;

    /** Takes away where AWS's own chain of providers looks on this machine. */
    @BeforeEach
    void leaveTheChainNothing() {
        set("aws.disableEc2Metadata", "true");
        set("aws.sharedCredentialsFile", home.resolve("credentials").toString());
        set("aws.configFile", home.resolve("config").toString());
    }

    @AfterEach
    void restore() {
        vertx.close().await();
        before.forEach((name, value) -> {
            if (value == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
    }

    @Test
    void theKeysOfTheComponentSign() {
        var keys = new AwsIam("eu-central-1", "AKIA", new Secret("hush"), null, null, "session", TLS);

        Token token = fetch(IamTokens.of(workers, keys));

        assertThat(signer(token)).isEqualTo("AKIA");
        assertThat(token.toString()).doesNotContain(token.value().reveal());
    }

    @Test
    void withoutKeysThoseThatTheChainFindsSignAndAChangedProfileIsReadAgain() throws Exception {
        var tokens = IamTokens.of(workers, NO_KEYS);
        profile("AKIAFIRST");
        assertThat(signer(fetch(tokens))).isEqualTo("AKIAFIRST");

        // Not in the moment in which it was read: AWS's library goes by the time of the file, once a second at most.
        Files.setLastModifiedTime(
                profile("AKIASECOND"), FileTime.from(Instant.now().plusSeconds(1)));

        await().atMost(Duration.ofSeconds(10)).until(() -> signer(fetch(tokens)).equals("AKIASECOND"));
    }

    @Test
    void whereThereAreNoCredentialsTheFieldIsNamedUntilThereAreSome() throws Exception {
        var tokens = IamTokens.of(workers, NO_KEYS);

        assertThatThrownBy(() -> fetch(tokens))
                .isInstanceOf(TokenException.class)
                .hasNoCause()
                .hasMessageStartingWith(
                        "there is no accessKey, and AWS's own chain finds no credentials: not in the environment");

        profile("AKIALATE");
        assertThat(signer(fetch(tokens))).isEqualTo("AKIALATE");
    }

    private static Token fetch(IamTokens tokens) {
        return tokens.fetch().await();
    }

    /** The id of the access key that the token names. */
    private static String signer(Token token) {
        var url = new String(Base64.getUrlDecoder().decode(token.value().reveal()), UTF_8);
        return url.replaceFirst(".*X-Amz-Credential=([^%]*)%2F.*", "$1");
    }

    private Path profile(String accessKey) throws Exception {
        return Files.writeString(
                home.resolve("credentials"),
                "[default]\naws_access_key_id = " + accessKey + "\naws_secret_access_key = hush\n");
    }

    private void set(String property, String value) {
        before.putIfAbsent(property, System.getProperty(property));
        System.setProperty(property, value);
    }
}
