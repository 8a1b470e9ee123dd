package io.sluice.auth.access;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an issuer says of a caller: the claims of a token that was checked. */
final class Claims {
    /** Claims that hold several words in one text (RFC 8693, 4.2; Microsoft's spelling). */
    private static final Set<String> LISTS_OF_WORDS = Set.of("scope", "scp");

    private final JsonObject claims;

    Claims(JsonObject claims) {
        this.claims = claims;
    }

    boolean hasSubject(String subject) {
        return subject.equals(claims.getValue("sub"));
    }

    /**
     * Whether the claim is that value, or a list with it.
     *
     * @param name of a claim, or the way into one that is an object: {@code realm_access.roles}
     */
    boolean has(String name, String value) {
        Object claim = find(claims, name);
        if (claim instanceof JsonArray list) {
            return list.stream().anyMatch(item -> isValue(item, value));
        }
        if (claim instanceof String text && LISTS_OF_WORDS.contains(name)) {
            return Arrays.asList(text.split(" ")).contains(value);
        }
        return isValue(claim, value);
    }

    private static @Nullable Object find(JsonObject object, String name) {
        if (object.containsKey(name)) {
            return object.getValue(name);
        }
        int dot = name.indexOf('.');
        return dot > 0 && object.getValue(name.substring(0, dot)) instanceof JsonObject inner
                ? find(inner, name.substring(dot + 1))
                : null;
    }

    private static boolean isValue(@Nullable Object claim, String value) {
        boolean isSimple = claim instanceof String || claim instanceof Boolean || claim instanceof Number;
        return isSimple && value.equals(String.valueOf(claim));
    }
}
