package io.sluice.core.envelope;

import io.sluice.core.message.InvokeRequest;
import java.util.Map;

/**
 * Reads the envelope {@code {"operation": …, "data": …, "metadata": {…}}} of an output binding's call.
 *
 * <p>One pass over the bytes; no tree is built. The bytes of {@code data} become the record's value as they are, without
 * the white space around them. Rules of Go's decoder, which Dapr's clients rely on:
 *
 * <ul>
 *   <li>names of members match in any case; unknown members are checked and ignored;
 *   <li>of a repeated {@code operation} or {@code data} the last one counts, repeated {@code metadata} is merged;
 *   <li>{@code operation: null} changes nothing, {@code metadata: null} removes what was read so far, a metadata value
 *       {@code null} is the empty string, and {@code data} that is {@code null} or absent is a tombstone;
 *   <li>a body {@code null} is an envelope without members, and bytes after the first value are ignored.
 * </ul>
 *
 * <p>Otherwise the first value of the body must be what Jackson's UTF-8 parser accepts with its default features, at most
 * 1000 levels deep, numbers, strings and names being of any length; a byte order mark is skipped. One difference: after a
 * body {@code null} any non-ASCII byte is refused, where Jackson looks whether it belongs to a letter.
 */
public final class InvokeParser {
    private InvokeParser() {}

    /**
     * The request that {@code body} describes; it keeps nothing of the array.
     *
     * @throws MalformedEnvelopeException when the body is no envelope, {@code EOF} when it is empty or blank
     */
    public static InvokeRequest parse(byte[] body) throws MalformedEnvelopeException {
        int at = JsonScanner.skipSpace(body, startsWithMark(body) ? 3 : 0);
        if (at == body.length) {
            throw new MalformedEnvelopeException("EOF");
        }
        if (body[at] == '{') {
            return new EnvelopeReader(body).read(at);
        }
        if (body[at] == 'n') {
            int end = JsonScanner.skipNull(body, at);
            if (end == body.length || !continuesWord(body[end])) {
                return new InvokeRequest("", null, Map.of());
            }
            throw Malformed.expected("the end of the literal null", body, end);
        }
        throw Malformed.wrongType("the body must be a JSON object", body, at);
    }

    private static boolean startsWithMark(byte[] body) {
        return body.length >= 3 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF;
    }

    private static boolean continuesWord(byte next) {
        return next < 0 || next == '_' || next == 0x7F || Character.isLetterOrDigit(next);
    }
}
