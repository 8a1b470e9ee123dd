package io.sluice.auth.access;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An issuer of tokens, right ones and wrong ones, with a discovery document and keys over HTTP. */
final class TestIssuer {
    static final String AUDIENCE = "sluice";
    private static final String SHARED = encode("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));

    final AtomicInteger keyFetches = new AtomicInteger();
    private final HttpServer server;
    /** Made once: an RSA key takes a second where the machine is busy. */
    private static final Map<String, KeyPair> PAIRS =
            Map.of("first", keyPair(), "second", keyPair(), "foreign", keyPair());

    private final Map<String, KeyPair> published = new ConcurrentHashMap<>();
    private volatile int status = 200;
    private volatile String claimedIssuer;

    TestIssuer(Vertx vertx) {
        this.server = await(vertx.createHttpServer().requestHandler(this::serve).listen(0, "127.0.0.1"));
        this.claimedIssuer = url();
        rotateTo("first");
    }

    String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    OidcSettings settings() {
        return new OidcSettings(url(), Set.of(AUDIENCE, "other-name"), null, null);
    }

    /** Signs with a new key from now on, and publishes no other. */
    void rotateTo(String kid) {
        published.clear();
        published.put(kid, PAIRS.get(kid));
    }

    void publishNothing() {
        published.clear();
    }

    void answer(int other) {
        status = other;
    }

    void claimToBe(String issuer) {
        claimedIssuer = issuer;
    }

    JsonObject claims() {
        long now = Instant.now().getEpochSecond();
        return new JsonObject()
                .put("iss", url())
                .put("aud", AUDIENCE)
                .put("sub", "checkout")
                .put("iat", now)
                .put("exp", now + 60);
    }

    String token(String kid, JsonObject claims) {
        return signed(new JsonObject().put("alg", "RS256").put("kid", kid), claims, PAIRS.get(kid));
    }

    /** Signed by a key that the issuer does not have. */
    String forged(String kid, JsonObject claims) {
        return signed(new JsonObject().put("alg", "RS256").put("kid", kid), claims, PAIRS.get("foreign"));
    }

    String unsigned(JsonObject claims) {
        return part(new JsonObject().put("alg", "none")) + "." + part(claims) + ".";
    }

    /** Takes the public key for a shared secret, as a careless reader would. */
    String signedWithThePublicKey(String kid, JsonObject claims) {
        return signedWithSecret(kid, PAIRS.get(kid).getPublic().getEncoded(), claims);
    }

    /** By a secret that the issuer has published. */
    String signedWithThePublishedSecret(JsonObject claims) {
        return signedWithSecret("shared", Base64.getUrlDecoder().decode(SHARED), claims);
    }

    private static String signedWithSecret(String kid, byte[] secret, JsonObject claims) {
        try {
            var input = part(new JsonObject().put("alg", "HS256").put("kid", kid)) + "." + part(claims);
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return input + "." + encode(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Stops to answer; the port is closed. */
    void stop() {
        await(server.close());
    }

    static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    private void serve(HttpServerRequest request) {
        boolean discovery = request.path().endsWith("openid-configuration");
        if (!discovery) {
            keyFetches.incrementAndGet();
        }
        var body = discovery
                ? new JsonObject().put("issuer", claimedIssuer).put("jwks_uri", url() + "/keys")
                : new JsonObject().put("keys", jwks());
        request.response()
                .setStatusCode(status)
                .putHeader("content-type", "application/json")
                .end(body.toBuffer());
    }

    private JsonArray jwks() {
        // As Keycloak does it: one key is for encryption, and none of ours.
        var list = new JsonArray()
                .add(new JsonObject().put("kty", "RSA").put("use", "enc").put("alg", "RSA-OAEP"))
                .add(new JsonObject().put("kty", "oct").put("kid", "shared").put("k", SHARED));
        published.forEach((kid, pair) -> {
            var key = (RSAPublicKey) pair.getPublic();
            list.add(new JsonObject()
                    .put("kty", "RSA")
                    .put("use", "sig")
                    .put("alg", "RS256")
                    .put("kid", kid)
                    .put("n", encode(unsigned(key.getModulus().toByteArray())))
                    .put("e", encode(unsigned(key.getPublicExponent().toByteArray()))));
        });
        return list;
    }

    private static byte[] unsigned(byte[] number) {
        return number[0] == 0 ? Arrays.copyOfRange(number, 1, number.length) : number;
    }

    private static String signed(JsonObject header, JsonObject claims, KeyPair pair) {
        try {
            var input = part(header) + "." + part(claims);
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(pair.getPrivate());
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String part(JsonObject json) {
        return encode(json.toBuffer().getBytes());
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static KeyPair keyPair() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
