package io.sluice.http.deliver;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.regex.Pattern;

/** The path of a request to the app. */
final class RequestPath {
    /** Of the characters of paths and queries, those that stand for themselves (RFC 3986, 3.3 and 3.4). */
    private static final String PUNCTUATION = "-._~!$&'()*+,;=:@/?";

    private static final Pattern NO_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    private RequestPath() {}

    /**
     * The path of a route as Dapr cleans it: with one slash in front and none at the end, without empty segments and
     * dots; and its query if it has one, but no fragment. What these cannot hold is percent-encoded; what is so already is
     * left as it is.
     */
    static String of(String route) {
        String withoutFragment = route.replaceFirst("#.*", "");
        int query = withoutFragment.indexOf('?');
        return query < 0
                ? encode(cleaned(withoutFragment))
                : encode(cleaned(withoutFragment.substring(0, query))) + "?"
                        + encode(withoutFragment.substring(query + 1));
    }

    private static String cleaned(String route) {
        var segments = new ArrayDeque<String>();
        for (var segment : route.split("/")) {
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        return "/" + String.join("/", segments);
    }

    private static String encode(String path) {
        var encoded = new StringBuilder(path.length());
        for (byte b : NO_ESCAPE.matcher(path).replaceAll("%25").getBytes(StandardCharsets.UTF_8)) {
            if (b == '%' || isPlain(b)) {
                encoded.append((char) b);
            } else {
                Octets.escape(encoded, b);
            }
        }
        return encoded.toString();
    }

    private static boolean isPlain(byte b) {
        return Octets.isAlphanumeric(b) || PUNCTUATION.indexOf(b) >= 0;
    }
}
