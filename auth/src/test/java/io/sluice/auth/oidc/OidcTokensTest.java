package io.sluice.auth.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.data.Offset.offset;

import io.sluice.auth.token.Token;
import io.sluice.core.binding.AuthSettings.Oidc;
import io.sluice.core.binding.AuthSettings.OidcClient;
import io.sluice.core.binding.AuthSettings.OidcPrivateKeyJwt;
import io.sluice.core.binding.AuthSettings.Tls;
import io.sluice.core.binding.Secret;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SelfSignedCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OidcTokensTest {
    private static final Secret SECRET = new Secret("s3cr:t%+/ü");
    private static final Tls NO_TLS = new Tls(false, null, null, null, null, false);

    private final Vertx vertx = Vertx.vertx();
    private final WorkerExecutor workers = vertx.createSharedWorkerExecutor("tokens");
    private final TokenServer server = new TokenServer(vertx, new HttpServerOptions());

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void theSecretGoesIntoTheHeaderEncodedAndTheScopesIntoTheForm() {
        Token token = fetch(withSecret(SECRET));

        assertThat(token.value().reveal()).isEqualTo("a-token");
        assertThat(token.lifetime()).isEqualTo(Duration.ofHours(1));
        var asked = server.asked().get(0);
        assertThat(asked.headers().get("Authorization"))
                .isEqualTo("Basic " + base64("client+1:s3cr%3At%25%2B%2F%C3%BC"));
        assertThat(asked.form().get("grant_type")).isEqualTo("client_credentials");
        assertThat(asked.form().get("scope")).isEqualTo("openid kafka");
        assertThat(asked.form().contains("client_secret")).isFalse();
    }

    @Test
    void aServerThatWantsTheSecretInTheFormGetsItThereAndOnlyThereFromThenOn() {
        server.answer(request -> TokenServer.json(
                request,
                request.getHeader("Authorization") == null ? 200 : 401,
                request.getHeader("Authorization") == null ? TokenServer.TOKEN : "{\"error\":\"invalid_client\"}"));
        OidcTokens tokens = withSecret(SECRET);

        fetch(tokens);
        fetch(tokens);

        assertThat(server.asked()).hasSize(3);
        assertThat(server.asked().subList(1, 3)).allSatisfy(asked -> {
            assertThat(asked.headers().contains("Authorization")).isFalse();
            assertThat(asked.form().get("client_id")).isEqualTo("client 1");
            assertThat(asked.form().get("client_secret")).isEqualTo(SECRET.reveal());
        });
    }

    @Test
    void aKeySignsWhoWeAre() throws Exception {
        KeyPair keys = keys("RSA", 2048);
        OidcTokens tokens = withKey(pkcs8(keys), "https://audience", "urn:resource", "key-7");

        fetch(tokens);
        fetch(tokens);

        var form = server.asked().get(0).form();
        assertThat(form.get("grant_type")).isEqualTo("client_credentials");
        assertThat(form.get("client_id")).isEqualTo("client 1");
        assertThat(form.get("client_assertion_type"))
                .isEqualTo("urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        assertThat(form.get("audience")).isEqualTo("https://audience");
        assertThat(form.get("resource")).isEqualTo("urn:resource");
        assertThat(form.get("scope")).isEqualTo("openid kafka");
        assertThat(server.asked().get(0).headers().contains("Authorization")).isFalse();
        JsonObject first = verified(form.get("client_assertion"), keys, "key-7");
        JsonObject second = verified(server.asked().get(1).form().get("client_assertion"), keys, "key-7");
        assertThat(first.getString("iss")).isEqualTo("client 1");
        assertThat(first.getString("sub")).isEqualTo("client 1");
        assertThat(first.getValue("aud")).isEqualTo("https://audience");
        assertThat(first.getLong("nbf")).isEqualTo(first.getLong("iat"));
        assertThat(first.getLong("exp")).isEqualTo(first.getLong("iat") + 60);
        assertThat(first.getLong("iat")).isCloseTo(Instant.now().getEpochSecond(), offset(30L));
        assertThat(first.getString("jti")).isNotEqualTo(second.getString("jti"));
    }

    @Test
    void withoutAnAudienceTheAssertionIsForTheEndpointAndTheFormNamesNone() throws Exception {
        KeyPair keys = keys("RSA", 2048);

        fetch(withKey(pkcs8(keys), null, null, null));

        var form = server.asked().get(0).form();
        assertThat(form.contains("audience")).isFalse();
        assertThat(form.contains("resource")).isFalse();
        assertThat(verified(form.get("client_assertion"), keys, null).getValue("aud"))
                .isEqualTo(server.endpoint().toString());
    }

    @Test
    void anEndpointMayHaveTheAuthorityOfTheBrokersAndItsFileIsReadAgainAfterAFailure(@TempDir Path folder)
            throws Exception {
        var certificate = SelfSignedCertificate.create("localhost");
        TokenServer secure = secure(certificate);
        Path file = folder.resolve("ca.pem");
        OidcTokens tokens = withSecret(secure, new Tls(false, file.toString(), null, null, null, false));

        assertThat(failure(tokens)).hasMessage("error generating oauth2 token: caCert (" + file + ") is no file");
        Files.copy(Path.of(certificate.certificatePath()), file);

        assertThat(fetch(tokens).value().reveal()).isEqualTo("a-token");
    }

    @Test
    void withSkipVerifyTheEndpointMayBeAnyone() {
        TokenServer secure = secure(SelfSignedCertificate.create("elsewhere"));

        assertThat(fetch(withSecret(secure, new Tls(false, null, null, null, null, true))))
                .isNotNull();
    }

    @Test
    void onlyRsaKeysSign() throws Exception {
        assertThat(failure(withKey(pkcs8(keys("EC", 256)), null, null, null)))
                .hasMessage(
                        "error generating oauth2 token: oidcClientAssertionKey: client_jwt requires RSA private key");
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void theLifetimeMayBeMissingATextOrForEver() {
        server.answer(200, "{\"access_token\":\"t\"}");
        assertThat(fetch(withSecret(SECRET)).lifetime()).isEqualTo(Duration.ofMinutes(1));

        server.answer(200, "{\"access_token\":\"t\",\"expires_in\":\"120\"}");
        assertThat(fetch(withSecret(SECRET)).lifetime()).isEqualTo(Duration.ofMinutes(2));

        server.answer(200, "{\"access_token\":\"t\",\"expires_in\":10000000000000000}");
        assertThat(fetch(withSecret(SECRET)).lifetime()).isEqualTo(Duration.ofDays(1));
    }

    private Token fetch(OidcTokens tokens) {
        return tokens.fetch().await();
    }

    private Throwable failure(OidcTokens tokens) {
        return catchThrowable(() -> fetch(tokens));
    }

    private OidcTokens withSecret(Secret secret) {
        return OidcTokens.of(vertx, workers, new Oidc(client(server), secret, NO_TLS));
    }

    private OidcTokens withSecret(TokenServer at, Tls tls) {
        return OidcTokens.of(vertx, workers, new Oidc(client(at), SECRET, tls));
    }

    private OidcTokens withKey(
            String key, @Nullable String audience, @Nullable String resource, @Nullable String keyId) {
        return OidcTokens.of(
                vertx,
                workers,
                new OidcPrivateKeyJwt(
                        client(server), new Secret("unused"), new Secret(key), resource, audience, keyId, NO_TLS));
    }

    private TokenServer secure(SelfSignedCertificate certificate) {
        return new TokenServer(
                vertx, new HttpServerOptions().setSsl(true).setKeyCertOptions(certificate.keyCertOptions()));
    }

    private static OidcClient client(TokenServer at) {
        return new OidcClient(at.endpoint(), "client 1", List.of("openid", "kafka"), Map.of());
    }

    private static KeyPair keys(String algorithm, int size) throws Exception {
        var generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(size);
        return generator.generateKeyPair();
    }

    private static String pkcs8(KeyPair keys) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    /** The claims of a JWT whose signature is right. */
    private static JsonObject verified(String jwt, KeyPair keys, @Nullable String keyId) throws Exception {
        String[] parts = jwt.split("\\.");
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(keys.getPublic());
        signature.update((parts[0] + "." + parts[1]).getBytes(UTF_8));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
        JsonObject header = decoded(parts[0]);
        assertThat(header.getString("alg")).isEqualTo("RS256");
        assertThat(header.getString("kid")).isEqualTo(keyId);
        return decoded(parts[1]);
    }

    private static JsonObject decoded(String part) {
        return new JsonObject(new String(Base64.getUrlDecoder().decode(part), UTF_8));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
