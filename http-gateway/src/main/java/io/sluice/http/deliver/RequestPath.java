package io.sluice.http.deliver;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.regex.Pattern;

/** The path of a request to the app. */
final class RequestPath {
    /** Of a path's characters, those that stand for themselves (RFC 3986, 3.3). */
    private static final String PUNCTUATION = "-._~!$&'()*+,;=:@/";

    private static final Pattern NO_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    private RequestPath() {}

    /**
     * The path of a route as Dapr cleans it: with one slash in front and none at the end, without empty segments and
     * dots. What a path cannot hold is percent-encoded; what is so already is left as it is.
     */
    static String of(String route) {
        var segments = new ArrayDeque<String>();
        for (var segment : route.split("/")) {
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        return encode("/" + String.join("/", segments));
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
