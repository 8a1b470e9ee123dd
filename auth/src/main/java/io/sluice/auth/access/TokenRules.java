package io.sluice.auth.access;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the claims of a token must say (RFC 7519, 4.1; RFC 9068, 4). An expiry, an issuer and an audience are not optional
 * here: without them a token would be good for ever, or for everybody.
 */
final class TokenRules {
    /** How far the issuer's clock and ours may be apart. */
    static final Duration LEEWAY = Duration.ofSeconds(30);

    private final OidcSettings settings;

    TokenRules(OidcSettings settings) {
        this.settings = settings;
    }

    /** What is wrong, for the caller; null when nothing is. */
    @Nullable
    String violation(JsonObject claims, Instant now) {
        if (!settings.issuer().equals(claims.getValue("iss"))) {
            return "it is from another issuer";
        }
        if (!isForUs(claims.getValue("aud"))) {
            return "it is for another audience";
        }
        if (!(claims.getValue("exp") instanceof Number expiry)) {
            return "it has no expiry";
        }
        long seconds = now.getEpochSecond();
        if (expiry.longValue() + LEEWAY.toSeconds() <= seconds) {
            return "it has expired";
        }
        return isLater(claims.getValue("nbf"), seconds) || isLater(claims.getValue("iat"), seconds)
                ? "it is not valid yet"
                : null;
    }

    private boolean isForUs(@Nullable Object audience) {
        return audience instanceof JsonArray list ? list.stream().anyMatch(this::isOurs) : isOurs(audience);
    }

    private boolean isOurs(@Nullable Object audience) {
        return audience instanceof String name && settings.audiences().contains(name);
    }

    /** A time that is there and is no number is not known to have come. */
    private static boolean isLater(@Nullable Object time, long now) {
        return time != null && !(time instanceof Number number && number.longValue() <= now + LEEWAY.toSeconds());
    }
}
