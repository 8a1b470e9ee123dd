package io.sluice.auth.access;

import io.sluice.core.health.Health;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Checks the bearer tokens of one issuer, by its keys and without asking it. */
final class BearerTokens {
    private final IssuerKeys keys;
    private final TokenRules rules;

    private BearerTokens(IssuerKeys keys, TokenRules rules) {
        this.keys = keys;
        this.rules = rules;
    }

    /** @param nanoTime the clock that limits how often the issuer is asked */
    static BearerTokens start(Vertx vertx, OidcSettings settings, Health health, LongSupplier nanoTime) {
        return new BearerTokens(IssuerKeys.start(vertx, settings, health, nanoTime), new TokenRules(settings));
    }

    void close() {
        keys.close();
    }

    /** Never fails; complete at once unless it waits for keys. */
    Future<CheckedToken> check(String token) {
        var claims = keys.verify(token);
        if (claims != null) {
            return Future.succeededFuture(judge(claims));
        }
        var violation = violationOfUnverified(token);
        if (violation != null) {
            return Future.succeededFuture(new CheckedToken.Invalid(violation));
        }
        // All is as it should be but for the signature: the issuer may have new keys.
        return keys.refresh().transform(refreshed -> Future.succeededFuture(checkAgain(token)));
    }

    private CheckedToken checkAgain(String token) {
        var claims = keys.verify(token);
        if (claims != null) {
            return judge(claims);
        }
        return keys.areKnown()
                ? new CheckedToken.Invalid("its signature cannot be verified")
                : new CheckedToken.Unknown("the issuer's keys cannot be had at the moment");
    }

    private CheckedToken judge(JsonObject claims) {
        var violation = rules.violation(claims, Instant.now());
        return violation == null ? new CheckedToken.Valid(new Claims(claims)) : new CheckedToken.Invalid(violation);
    }

    /** Why not even the right key would make the token good; only ever used to refuse. */
    private @Nullable String violationOfUnverified(String token) {
        var parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return "it is not a signed JWT";
        }
        try {
            var payload = Base64.getUrlDecoder().decode(parts[1]);
            return rules.violation(new JsonObject(new String(payload, StandardCharsets.UTF_8)), Instant.now());
        } catch (RuntimeException unreadable) {
            return "it is not a signed JWT";
        }
    }
}
