package io.sluice.auth.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.auth.token.Token;
import io.sluice.auth.token.TokenException;
import io.sluice.auth.token.TokenFetcher;
import io.sluice.auth.token.TokenSource;
import io.sluice.core.binding.AuthSettings.AwsIam;
import io.sluice.core.binding.AuthSettings.Oidc;
import io.sluice.core.binding.AuthSettings.OidcClient;
import io.sluice.core.binding.AuthSettings.Tls;
import io.sluice.core.binding.Secret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.security.auth.SaslExtensionsCallback;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerTokenCallback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokenLoginTest {
    private static final Tls OFF = new Tls(false, null, null, null, null, false);
    private static final Duration SOON = Duration.ofSeconds(10);

    private final Vertx vertx = Vertx.vertx();
    private final AtomicBoolean unused = new AtomicBoolean();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void aConnectionGetsTheTokenAndTheExtensions() throws Exception {
        Map<String, Object> properties = login(Future.succeededFuture(new Token(new Secret("a-token"), SOON)), OFF)
                .clientProperties();
        var callbacks = new TokenCallbacks();
        callbacks.configure(properties, "OAUTHBEARER", List.of());
        var token = new OAuthBearerTokenCallback();
        var extensions = new SaslExtensionsCallback();

        callbacks.handle(new Callback[] {token, extensions});

        assertThat(token.token().value()).isEqualTo("a-token");
        assertThat(extensions.extensions().map()).containsExactly(Map.entry("tenant", "1"));
        assertThatThrownBy(() -> callbacks.handle(new Callback[] {new NameCallback("name")}))
                .isInstanceOf(UnsupportedCallbackException.class);
        callbacks.close();
        await().atMost(SOON).untilTrue(unused);
    }

    @Test
    void theTransportIsThatOfTheSettingsAndNoPropertyShowsTheToken() {
        var token = Future.succeededFuture(new Token(new Secret("a-token"), SOON));

        assertThat(login(token, OFF).clientProperties())
                .containsEntry("security.protocol", "SASL_PLAINTEXT")
                .containsEntry("sasl.mechanism", "OAUTHBEARER");
        Map<String, Object> secure =
                login(token, new Tls(true, null, null, null, null, false)).clientProperties();
        assertThat(secure).containsEntry("security.protocol", "SASL_SSL");
        assertThat(secure.toString()).doesNotContain("a-token");
    }

    @Test
    void aClientOfKafkaTakesThePropertiesAndUsesTheLoginUntilItIsClosed() {
        Map<String, Object> properties =
                new HashMap<>(login(Future.succeededFuture(new Token(new Secret("a-token"), SOON)), OFF)
                        .clientProperties());
        properties.put("bootstrap.servers", "localhost:1");

        try (Admin admin = Admin.create(properties)) {
            assertThat(admin).isNotNull();
            assertThat(unused).isFalse();
        }

        await().atMost(SOON).untilTrue(unused);
    }

    @Test
    void withoutATokenNoClientIsOpenedAndTheInnermostTextSaysWhy() {
        TokenLogin login = login(Future.failedFuture(new TokenException("the server is down")), OFF);

        assertThatThrownBy(login::clientProperties)
                .isInstanceOf(KafkaException.class)
                .rootCause()
                .hasMessage("the server is down");
    }

    @Test
    void callbacksThatWereNotConfiguredMayBeClosed() {
        var callbacks = new TokenCallbacks();

        assertThatThrownBy(() -> callbacks.configure(Map.of(), "OAUTHBEARER", List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        callbacks.close();

        assertThat(unused).isFalse();
    }

    @Test
    void equalSettingsShareTheirTokens() {
        var logins = new KafkaLogins(vertx);

        assertThat(logins.of(oidc("a"))).isEqualTo(logins.of(oidc("a"))).isNotEqualTo(logins.of(oidc("b")));
    }

    @Test
    void clientsThatTakeAllWorkersToWaitOnDoNotKeepTheTokenFromComing() {
        Vertx one = Vertx.vertx(new VertxOptions().setWorkerPoolSize(1));
        var logins = new KafkaLogins(one);
        var keys = new AwsIam("eu-west-1", "AKIA", new Secret("key"), null, null, "session", OFF);

        Map<String, Object> properties =
                one.executeBlocking(() -> logins.of(keys).clientProperties()).await();

        assertThat(properties).containsEntry("sasl.mechanism", "OAUTHBEARER");
        one.close().await();
    }

    private static Oidc oidc(String secret) {
        var client = new OidcClient(URI.create("http://localhost:1/"), "c", List.of("openid"), Map.of());
        return new Oidc(client, new Secret(secret), OFF);
    }

    private TokenLogin login(Future<Token> token, Tls tls) {
        var fetcher = new TokenFetcher() {
            @Override
            public String origin() {
                return "the test";
            }

            @Override
            public Future<Token> fetch() {
                return token;
            }
        };
        var source = new TokenSource(
                vertx.getOrCreateContext(),
                fetcher,
                () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()),
                () -> unused.set(true));
        return new TokenLogin(source, Map.of("tenant", "1"), tls);
    }
}
