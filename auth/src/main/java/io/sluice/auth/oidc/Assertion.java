package io.sluice.auth.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonObject;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.RSAPrivateKey;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Says who a client is, signed with its key (RFC 7523, section 3): a JWT with RS256, good for a minute.
 *
 * @param audience one text, as Dapr sends it, and not a list of one
 * @param keyId null for none
 */
record Assertion(String clientId, String audience, @Nullable String keyId, RSAPrivateKey key) {
    private static final int SECONDS = 60;

    /** A new one each time: it must not be used twice. */
    String sign(Instant now) {
        var header = new JsonObject().put("alg", "RS256").put("typ", "JWT");
        if (keyId != null) {
            header.put("kid", keyId);
        }
        long issued = now.getEpochSecond();
        var claims = new JsonObject()
                .put("iss", clientId)
                .put("sub", clientId)
                .put("aud", audience)
                .put("iat", issued)
                .put("nbf", issued)
                .put("exp", issued + SECONDS)
                .put("jti", UUID.randomUUID().toString());
        String signed = base64(header.encode().getBytes(UTF_8)) + "."
                + base64(claims.encode().getBytes(UTF_8));
        return signed + "." + base64(signature(signed));
    }

    private byte[] signature(String text) {
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(text.getBytes(UTF_8));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            // Every Java platform has this algorithm; the key was checked when it was read.
            throw new IllegalStateException("cannot sign with oidcClientAssertionKey", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "Assertion[clientId=" + clientId + ", audience=" + audience + ", keyId=" + keyId + "]";
    }
}
