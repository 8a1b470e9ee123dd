package io.sluice.auth.access;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The kinds of subject alternative names (RFC 5280, 4.2.1.6) that can be granted to, as OpenSSL writes them. */
enum AlternativeName {
    EMAIL(1, "email:"),
    DNS(2, "DNS:"),
    URI(6, "URI:");

    private final int number;
    private final String prefix;

    AlternativeName(int number, String prefix) {
        this.number = number;
        this.prefix = prefix;
    }

    static Optional<AlternativeName> ofKind(int number) {
        return Stream.of(values()).filter(kind -> kind.number == number).findFirst();
    }

    /** Reads {@code DNS:shop.local} and the like into the one form in which names are compared. */
    static Optional<String> parse(String text) {
        return Stream.of(values())
                .filter(kind -> text.startsWith(kind.prefix) && text.length() > kind.prefix.length())
                .map(kind -> kind.write(text.substring(kind.prefix.length())))
                .findFirst();
    }

    /** Hosts are the same whatever the case. */
    String write(String name) {
        return prefix + (this == DNS ? name.toLowerCase(Locale.ROOT) : name);
    }
}
