package io.sluice.auth.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.core.binding.Secret;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a token says of itself, for an operator to hold against what brokers expect. Nobody has checked it. */
final class Claims {
    private static final List<String> NAMES = List.of("iss", "sub", "aud", "scope", "scp", "nbf", "exp");
    private static final int LONGEST = 200;

    private Claims() {}

    /** By name; nothing that would help to be the client. Empty for a token that is no JWT (RFC 7519). */
    static Map<String, String> of(Secret token) {
        String[] parts = token.reveal().split("\\.", -1);
        if (parts.length != 3) {
            return Map.of();
        }
        try {
            return of(new JsonObject(new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8)));
        } catch (IllegalArgumentException | DecodeException | DateTimeException e) {
            return Map.of();
        }
    }

    private static Map<String, String> of(JsonObject all) {
        var claims = new LinkedHashMap<String, String>();
        for (String name : NAMES) {
            Object value = all.getValue(name);
            if (value != null) {
                claims.put(name, value instanceof Number time ? time(time) : presentable(value.toString()));
            }
        }
        return claims;
    }

    private static String time(Number seconds) {
        return Instant.ofEpochSecond(seconds.longValue()).toString();
    }

    private static String presentable(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
