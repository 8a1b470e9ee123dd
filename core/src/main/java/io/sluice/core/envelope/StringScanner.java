package io.sluice.core.envelope;

import java.util.Arrays;

/**
 * Finds the end of a JSON string and checks what is in it.
 *
 * <p>Of UTF-8 it checks the shape, a lead byte with its continuation bytes, as Jackson does: overlong forms and encoded
 * surrogates pass and stay what they are in a record's value; {@link StringDecoder} turns them into U+FFFD.
 */
final class StringScanner {
    private static final byte PLAIN = 0;
    // 1, 2 and 3: a lead byte that so many continuation bytes follow
    private static final byte QUOTE = 4;
    private static final byte ESCAPE = 5;
    private static final byte REFUSED = 6;
    private static final byte[] KINDS = kinds();

    private StringScanner() {}

    /**
     * @param at where the opening quote stands
     * @return the position after the closing quote
     */
    static int skip(byte[] body, int at) throws MalformedEnvelopeException {
        int next = at + 1;
        while (true) {
            while (next < body.length && KINDS[body[next] & 0xFF] == PLAIN) {
                next++;
            }
            byte kind = next < body.length ? KINDS[body[next] & 0xFF] : REFUSED;
            switch (kind) {
                case QUOTE:
                    return next + 1;
                case ESCAPE:
                    next = skipEscape(body, next);
                    break;
                case REFUSED:
                    throw Malformed.expected("a character of the string that starts at byte " + at, body, next);
                default:
                    next = skipMultiByte(body, next, kind);
            }
        }
    }

    private static int skipEscape(byte[] body, int at) throws MalformedEnvelopeException {
        switch (at + 1 < body.length ? body[at + 1] : 0) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
                return at + 2;
            case 'u':
                for (int digit = at + 2; digit < at + 6; digit++) {
                    if (digit >= body.length || Character.digit(body[digit], 16) < 0) {
                        throw Malformed.expected("a hexadecimal digit", body, digit);
                    }
                }
                return at + 6;
            default:
                throw Malformed.expected("one of \"\\/bfnrtu after a backslash", body, at + 1);
        }
    }

    private static int skipMultiByte(byte[] body, int at, int continuations) throws MalformedEnvelopeException {
        int end = at + continuations;
        for (int next = at + 1; next <= end; next++) {
            if (next >= body.length || (body[next] & 0xC0) != 0x80) {
                throw Malformed.expected("a UTF-8 continuation byte", body, next);
            }
        }
        return end + 1;
    }

    private static byte[] kinds() {
        var kinds = new byte[256];
        Arrays.fill(kinds, 0x00, 0x20, REFUSED);
        kinds['"'] = QUOTE;
        kinds['\\'] = ESCAPE;
        Arrays.fill(kinds, 0x80, 0xC0, REFUSED);
        Arrays.fill(kinds, 0xC0, 0xE0, (byte) 1);
        Arrays.fill(kinds, 0xE0, 0xF0, (byte) 2);
        Arrays.fill(kinds, 0xF0, 0xF8, (byte) 3);
        Arrays.fill(kinds, 0xF8, 0x100, REFUSED);
        return kinds;
    }
}
