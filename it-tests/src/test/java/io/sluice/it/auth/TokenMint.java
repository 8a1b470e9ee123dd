package io.sluice.it.auth;

import java.time.Duration;
import java.time.Instant;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/** Signs tokens as brokers expect them, and others. Safe for use from any thread. */
final class TokenMint {
    static final String AUDIENCE = "kafka";
    static final String SCOPE = "kafka";

    /** More than any broker forgives. */
    private static final Duration SKEW = Duration.ofMinutes(10);

    private final RsaJsonWebKey key = newKey("its-key");
    private final RsaJsonWebKey strangeKey = newKey("strange-key");

    /** What is wrong with a token. */
    enum Flaw {
        NONE,
        AUDIENCE,
        ISSUER,
        SCOPE,
        /** By a clock that is behind. */
        EXPIRED,
        /** By a clock that is ahead. */
        TOO_EARLY,
        /** Its key is not one of {@link TokenMint#publicKeys}. */
        KEY
    }

    /** As a JWKS. */
    String publicKeys() {
        return new JsonWebKeySet(key).toJson();
    }

    /** @param life how long the token is good, from now by its own clock */
    String token(String issuer, String client, Duration life, Flaw flaw) {
        Instant now = now(flaw);
        var claims = new JwtClaims();
        claims.setIssuer(flaw == Flaw.ISSUER ? "https://another.example" : issuer);
        claims.setSubject(client);
        claims.setAudience(flaw == Flaw.AUDIENCE ? "another" : AUDIENCE);
        claims.setIssuedAt(date(now));
        claims.setNotBefore(date(now));
        claims.setExpirationTime(date(now.plus(life)));
        claims.setStringClaim("scope", flaw == Flaw.SCOPE ? "another" : SCOPE);
        return signed(claims, flaw == Flaw.KEY ? strangeKey : key);
    }

    private static Instant now(Flaw flaw) {
        return switch (flaw) {
            case EXPIRED -> Instant.now().minus(Duration.ofHours(1)).minus(SKEW);
            case TOO_EARLY -> Instant.now().plus(SKEW);
            default -> Instant.now();
        };
    }

    private static NumericDate date(Instant instant) {
        return NumericDate.fromMilliseconds(instant.toEpochMilli());
    }

    private static String signed(JwtClaims claims, RsaJsonWebKey key) {
        var token = new JsonWebSignature();
        token.setPayload(claims.toJson());
        token.setKey(key.getPrivateKey());
        token.setKeyIdHeaderValue(key.getKeyId());
        token.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        try {
            return token.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RsaJsonWebKey newKey(String id) {
        try {
            RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId(id);
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
