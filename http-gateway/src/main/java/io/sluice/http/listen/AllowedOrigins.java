package io.sluice.http.listen;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The origins whose pages may call the HTTP API from a browser. One {@code *} in each stands for any text, as in daprd.
 *
 * @param patterns as the flag has them; {@code *} alone for all
 */
public record AllowedOrigins(List<Pattern> patterns) {
    private static final String ANY = "*";

    public static final AllowedOrigins NONE = of(List.of());

    public static AllowedOrigins of(List<String> origins) {
        return new AllowedOrigins(origins.stream().map(AllowedOrigins::pattern).toList());
    }

    /** Whether the flag was given: without it daprd says nothing of origins. */
    public boolean areGiven() {
        return !patterns.isEmpty();
    }

    /** Whether every page may. */
    public boolean areAll() {
        return patterns.stream().anyMatch(pattern -> pattern.matcher("").matches());
    }

    /** Whether a page of that origin may. */
    public boolean contain(String origin) {
        var text = origin.toLowerCase(Locale.ROOT);
        return patterns.stream().anyMatch(pattern -> pattern.matcher(text).matches());
    }

    private static Pattern pattern(String origin) {
        int any = origin.indexOf(ANY);
        var text = origin.toLowerCase(Locale.ROOT);
        return any < 0
                ? Pattern.compile(Pattern.quote(text))
                : Pattern.compile(Pattern.quote(text.substring(0, any)) + ".*"
                        + Pattern.quote(text.substring(any + ANY.length())));
    }
}
