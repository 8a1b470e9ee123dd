package io.sluice.it.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.it.auth.TokenMint.Flaw;
import io.sluice.testing.tls.Identity;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * An OAuth 2 server: gives signed tokens to clients that prove who they are, and shows the key of its signatures. It may go
 * down and come back on the same port. Safe for use from any thread.
 */
public final class OidcServer implements AutoCloseable {
    private static final String HOST = "127.0.0.1";

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final int port = freePort();
    private final TokenMint mint = new TokenMint();
    private final Map<String, String> secrets = new ConcurrentHashMap<>();
    private final Map<String, PublicKey> keys = new ConcurrentHashMap<>();
    private final Set<String> scopes = ConcurrentHashMap.newKeySet();
    private final Map<String, Flaw> flaws = new ConcurrentHashMap<>();
    private final List<Issued> issued = new CopyOnWriteArrayList<>();
    private volatile Duration lifetime = Duration.ofHours(1);
    private @Nullable HttpServer server;

    /** @param at when, by {@link System#nanoTime} */
    public record Issued(String client, String scope, Duration lifetime, long at) {}

    /** Lets a client in that knows this secret, and no other from now on. */
    public void expect(String client, String secret) {
        secrets.put(client, secret);
    }

    /** Lets a client in whose assertion this key has signed. */
    void expect(String client, PublicKey signedWith) {
        keys.put(client, signedWith);
    }

    /** Grants this scope too, without a word of it in the tokens. */
    void allow(String scope) {
        scopes.add(scope);
    }

    /** What is wrong with that client's tokens from now on. Whoever gets one is told nothing of it. */
    void spoil(String client, Flaw flaw) {
        flaws.put(client, flaw);
    }

    public void issueFor(Duration newLifetime) {
        lifetime = newLifetime;
    }

    public List<Issued> issued() {
        return List.copyOf(issued);
    }

    List<Issued> issuedTo(String client) {
        return issued.stream().filter(token -> token.client().equals(client)).toList();
    }

    String tokenEndpoint() {
        return "http://" + HOST + ":" + port + "/token";
    }

    String keysEndpoint() {
        return "http://" + HOST + ":" + port + "/keys";
    }

    public OidcServer up() {
        server = vertx.createHttpServer()
                .requestHandler(this::serve)
                .listen(port, HOST)
                .await();
        return this;
    }

    /** Also serves with TLS; this one stays up. Returns its token endpoint. */
    String overTls(Identity identity) {
        var certificate = new PemKeyCertOptions()
                .setCertValue(Buffer.buffer(identity.certificates()))
                .setKeyValue(Buffer.buffer(identity.key()));
        HttpServer secure = vertx.createHttpServer(
                        new HttpServerOptions().setSsl(true).setKeyCertOptions(certificate))
                .requestHandler(this::serve)
                .listen(0, HOST)
                .await();
        return "https://" + HOST + ":" + secure.actualPort() + "/token";
    }

    public void down() {
        if (server != null) {
            server.close().await();
            server = null;
        }
    }

    @Override
    public void close() {
        vertx.close().await();
    }

    private void serve(HttpServerRequest request) {
        if (request.path().equals("/keys")) {
            answer(request, 200, mint.publicKeys());
            return;
        }
        request.setExpectMultipart(true);
        request.endHandler(end -> grant(request, request.formAttributes()));
    }

    private void grant(HttpServerRequest request, MultiMap form) {
        String client = client(request.getHeader("Authorization"), form);
        String scope = form.get("scope");
        if (client == null || !"client_credentials".equals(form.get("grant_type"))) {
            answer(request, 401, "{\"error\":\"invalid_client\",\"error_description\":\"not one of ours\"}");
        } else if (!scope.equals(TokenMint.SCOPE) && !scopes.contains(scope)) {
            answer(request, 400, "{\"error\":\"invalid_scope\"}");
        } else {
            Duration life = lifetime;
            JsonObject token = new JsonObject()
                    .put(
                            "access_token",
                            mint.token(tokenEndpoint(), client, life, flaws.getOrDefault(client, Flaw.NONE)))
                    .put("token_type", "Bearer")
                    .put("expires_in", life.toSeconds());
            issued.add(new Issued(client, scope, life, System.nanoTime()));
            answer(request, 200, token.encode());
        }
    }

    /** @return null for one that has not proven who it is */
    private @Nullable String client(@Nullable String authorization, MultiMap form) {
        if (form.contains("client_assertion")) {
            return signer(form.get("client_id"), form.get("client_assertion"));
        }
        String[] parts = authorization == null
                ? new String[] {form.get("client_id"), form.get("client_secret")}
                : new String(Base64.getDecoder().decode(authorization.substring("Basic ".length())), UTF_8).split(":");
        return parts[1].equals(secrets.get(parts[0])) ? parts[0] : null;
    }

    private @Nullable String signer(String client, String assertion) {
        try {
            new JwtConsumerBuilder()
                    .setVerificationKey(keys.get(client))
                    .setExpectedIssuer(client)
                    .setExpectedSubject(client)
                    .setExpectedAudience(tokenEndpoint())
                    .setRequireExpirationTime()
                    .setRequireJwtId()
                    .setMaxFutureValidityInMinutes(2)
                    .build()
                    .process(assertion);
            return client;
        } catch (InvalidJwtException e) {
            return null;
        }
    }

    private static void answer(HttpServerRequest request, int status, String json) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(json);
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
