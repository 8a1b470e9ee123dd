package io.sluice.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** As much of HTTP/1.1 as tells where an answer ends: the status line and Content-Length. */
final class HttpAnswer {
    private static final Pattern CONTENT_LENGTH =
            Pattern.compile("\r\ncontent-length: *(\\d+)", Pattern.CASE_INSENSITIVE);
    private static final int NO_CONTENT = 204;
    /** The shortest head there is: "HTTP/1.1 204 \r\n\r\n". */
    private static final int SHORTEST = 17;

    private HttpAnswer() {}

    /**
     * The status if the first {@code length} bytes are one whole answer, 0 if more must come.
     *
     * @throws IllegalStateException if they are more than one answer, or no HTTP/1.1
     */
    static int statusIfWhole(byte[] bytes, int length) {
        if (length < SHORTEST) {
            return 0;
        }
        if (bytes[0] != 'H' || bytes[8] != ' ') {
            throw new IllegalStateException("not an HTTP/1.1 answer");
        }
        int status = (bytes[9] - '0') * 100 + (bytes[10] - '0') * 10 + (bytes[11] - '0');
        int headEnd = headEnd(bytes, length);
        if (headEnd < 0) {
            return 0;
        }
        int whole = headEnd + (status == NO_CONTENT ? 0 : contentLength(bytes, headEnd));
        if (length > whole) {
            throw new IllegalStateException("bytes after the end of the answer");
        }
        return length == whole ? status : 0;
    }

    private static int headEnd(byte[] bytes, int length) {
        for (int at = 3; at < length; at++) {
            if (bytes[at] == '\n' && bytes[at - 1] == '\r' && bytes[at - 2] == '\n' && bytes[at - 3] == '\r') {
                return at + 1;
            }
        }
        return -1;
    }

    private static int contentLength(byte[] bytes, int headEnd) {
        var header = CONTENT_LENGTH.matcher(new String(bytes, 0, headEnd, StandardCharsets.ISO_8859_1));
        if (!header.find()) {
            throw new IllegalStateException("an answer with neither Content-Length nor status 204");
        }
        return Integer.parseInt(header.group(1));
    }
}
