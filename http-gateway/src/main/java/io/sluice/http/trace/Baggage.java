package io.sluice.http.trace;

import java.util.function.IntPredicate;

/**
 * The grammar of the {@code baggage} header, <a href="https://www.w3.org/TR/baggage/#header-content">W3C Baggage 3.1</a>:
 *
 * <pre>
 *   baggage  = member *( OWS "," OWS member )
 *   member   = key OWS "=" OWS value *( OWS ";" OWS property )
 *   property = key [ OWS "=" OWS value ]
 * </pre>
 */
final class Baggage {
    /** The size up to which the specification obliges everybody to propagate. */
    private static final int MAX_LENGTH = 8192;

    private static final String TOKEN_PUNCTUATION = "!#$%&'*+-.^_`|~";

    private Baggage() {}

    static void check(String header) throws MalformedBaggageException {
        if (header.length() > MAX_LENGTH) {
            throw new MalformedBaggageException("longer than " + MAX_LENGTH + " characters");
        }
        int position = 0;
        for (String member : header.split(",", -1)) {
            position++;
            checkMember(member, position);
        }
    }

    private static void checkMember(String member, int position) throws MalformedBaggageException {
        var parts = member.split(";", -1);
        if (!isPair(parts[0])) {
            throw new MalformedBaggageException("list-member " + position + " is not key=value");
        }
        for (int i = 1; i < parts.length; i++) {
            if (!isPair(parts[i]) && !isKey(trim(parts[i]))) {
                throw new MalformedBaggageException("list-member " + position + " has an invalid property");
            }
        }
    }

    private static boolean isPair(String text) {
        int equals = text.indexOf('=');
        return equals > 0 && isKey(trim(text.substring(0, equals))) && isValue(trim(text.substring(equals + 1)));
    }

    private static boolean isKey(String text) {
        return !text.isEmpty() && all(text, Baggage::isTokenChar);
    }

    private static boolean isValue(String text) {
        return all(text, Baggage::isBaggageOctet) && escapesAreComplete(text);
    }

    private static boolean all(String text, IntPredicate allowed) {
        return text.chars().allMatch(allowed);
    }

    private static boolean isTokenChar(int c) {
        return c >= '0' && c <= '9'
                || c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || TOKEN_PUNCTUATION.indexOf(c) >= 0;
    }

    private static boolean isBaggageOctet(int c) {
        return c > ' ' && c < 0x7f && c != '"' && c != ',' && c != ';' && c != '\\';
    }

    private static boolean escapesAreComplete(String text) {
        for (int at = text.indexOf('%'); at >= 0; at = text.indexOf('%', at + 1)) {
            if (at + 2 >= text.length() || !isHex(text.charAt(at + 1)) || !isHex(text.charAt(at + 2))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHex(char c) {
        return c < 0x7f && Character.digit(c, 16) >= 0;
    }

    /** Optional white space of HTTP: blanks and tabs. */
    private static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (from < to && isBlank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
