package io.sluice.core.binding;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Names of headers, whatever their case. A {@code _} is the same as a {@code -}: frameworks that hand headers on as variables
 * do not tell the two apart either.
 *
 * @param canonical in lower case, with {@code -}
 */
public record HeaderNames(Set<String> canonical) {
    public static final HeaderNames NONE = new HeaderNames(Set.of());

    /** What tells an app that gets a request who sends it, what it is and how to read it: nothing for a record to say. */
    public static final HeaderNames OF_REQUESTS = of(List.of(
            "accept-encoding",
            "authorization",
            "content-encoding",
            "cookie",
            "forwarded",
            "true-client-ip",
            "via",
            "x-client-ip",
            "x-forwarded-client-cert",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-port",
            "x-forwarded-prefix",
            "x-forwarded-proto",
            "x-forwarded-server",
            "x-forwarded-user",
            "x-http-method",
            "x-http-method-override",
            "x-method-override",
            "x-original-url",
            "x-real-ip",
            "x-rewrite-url"));

    public HeaderNames {
        canonical = Set.copyOf(canonical);
    }

    public static HeaderNames of(Collection<String> names) {
        return new HeaderNames(names.stream().map(HeaderNames::canonical).collect(Collectors.toSet()));
    }

    public boolean contain(String name) {
        return !canonical.isEmpty() && canonical.contains(canonical(name));
    }

    /** The form in which names are compared. */
    public static String canonical(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
