package io.sluice.http;

import io.sluice.auth.access.OidcSettings;
import io.vertx.core.Promise;
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
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;

/** An issuer of tokens that shows its keys when the test says so. */
public final class SlowIssuer implements AutoCloseable {
    private static final String NAME = "https://login.example.com";

    private final Vertx vertx = Vertx.vertx();
    private final Promise<Void> release = Promise.promise();
    private final Promise<Void> asked = Promise.promise();
    private final KeyPair key = keyPair();
    private final HttpServer server;

    public SlowIssuer() {
        server =
                Waiting.get(vertx.createHttpServer().requestHandler(this::serve).listen(0, "127.0.0.1"));
    }

    public OidcSettings settings() {
        return new OidcSettings(NAME, Set.of("sluice"), "http://127.0.0.1:" + server.actualPort() + "/keys", null);
    }

    /** Waits until somebody has asked for the keys, and lets them go. */
    public void showKeys() {
        Waiting.get(asked.future());
        release.complete();
    }

    public String token() {
        var claims = new JsonObject()
                .put("iss", NAME)
                .put("aud", "sluice")
                .put("exp", Instant.now().getEpochSecond() + 60);
        var input = encode(new JsonObject().put("alg", "ES256").toBuffer().getBytes()) + "."
                + encode(claims.toBuffer().getBytes());
        try {
            var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(key.getPrivate());
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        Waiting.get(vertx.close());
    }

    private void serve(HttpServerRequest request) {
        asked.tryComplete();
        var point = ((ECPublicKey) key.getPublic()).getW();
        var jwk = new JsonObject()
                .put("kty", "EC")
                .put("crv", "P-256")
                .put("x", encode(coordinate(point.getAffineX().toByteArray())))
                .put("y", encode(coordinate(point.getAffineY().toByteArray())));
        var keys = new JsonObject().put("keys", new JsonArray().add(jwk));
        release.future().onSuccess(now -> request.response().end(keys.toBuffer()));
    }

    private static byte[] coordinate(byte[] number) {
        var padded = new byte[32];
        var digits = number.length > 32 ? Arrays.copyOfRange(number, number.length - 32, number.length) : number;
        System.arraycopy(digits, 0, padded, 32 - digits.length, digits.length);
        return padded;
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static KeyPair keyPair() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
