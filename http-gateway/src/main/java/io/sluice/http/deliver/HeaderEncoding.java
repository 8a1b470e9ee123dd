package io.sluice.http.deliver;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The forms of header names and values on the wire. Kafka's headers are any text with any bytes; those of HTTP are
 * tokens with visible ASCII (RFC 9110, 5.5 and 5.6.2).
 *
 * <p>What HTTP cannot carry is percent-encoded: the UTF-8 bytes of names, the bytes of values. A {@code %} in a name is
 * always encoded, so that no two names share a form, and names are in lower case, as HTTP/2 wants them.
 */
final class HeaderEncoding {
    private static final String TOKEN_PUNCTUATION = "!#$&'*+-.^_`|~";
    private static final String QUERY_PUNCTUATION = "-_.~";

    private HeaderEncoding() {}

    /** Whether the name can be sent as it is, but for the case of its letters. */
    static boolean isPlainName(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> c < 0x7f && isTokenOctet((byte) c));
    }

    /** Whether the value can be sent as it is: visible ASCII and blanks, but no blank that the receiver would trim. */
    static boolean isPlainValue(byte[] value) {
        for (byte b : value) {
            if (b < ' ' || b == 0x7f) {
                return false;
            }
        }
        return value.length == 0 || value[0] != ' ' && value[value.length - 1] != ' ';
    }

    /** A token, which is the name itself in lower case if that is plain; empty for the empty name only. */
    static String encodeName(String name) {
        return encodeExactName(name).toLowerCase(Locale.ROOT);
    }

    /** As {@link #encodeName}, for where upper and lower case are told apart. */
    static String encodeExactName(String name) {
        var encoded = new StringBuilder(name.length());
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            if (isTokenOctet(b)) {
                encoded.append((char) b);
            } else {
                Octets.escape(encoded, b);
            }
        }
        return encoded.toString();
    }

    /** Visible ASCII without blanks; every {@code %} in it begins an escape. */
    static String encodeValue(byte[] value) {
        var encoded = new StringBuilder(value.length);
        for (byte b : value) {
            if (b > ' ' && b < 0x7f && b != '%') {
                encoded.append((char) b);
            } else {
                Octets.escape(encoded, b);
            }
        }
        return encoded.toString();
    }

    /** As Go's {@code url.QueryEscape}: a blank becomes {@code +}. */
    static String queryEscape(byte[] value) {
        var escaped = new StringBuilder(value.length);
        for (byte b : value) {
            if (Octets.isAlphanumeric(b) || QUERY_PUNCTUATION.indexOf(b) >= 0) {
                escaped.append((char) b);
            } else if (b == ' ') {
                escaped.append('+');
            } else {
                Octets.escape(escaped, b);
            }
        }
        return escaped.toString();
    }

    /** The text of a value that {@link #isPlainValue}. */
    static String ascii(byte[] value) {
        return new String(value, StandardCharsets.US_ASCII);
    }

    private static boolean isTokenOctet(byte b) {
        return Octets.isAlphanumeric(b) || TOKEN_PUNCTUATION.indexOf(b) >= 0;
    }
}
