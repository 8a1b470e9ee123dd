package io.sluice.core.envelope;

import java.nio.charset.StandardCharsets;

/**
 * The text of a JSON string that {@link StringScanner} has checked.
 *
 * <p>Whatever is no Unicode character becomes U+FFFD, as in Go: lone surrogates, and the ill-formed UTF-8 that the
 * scanner lets through.
 */
final class StringDecoder {
    private static final char REPLACEMENT = '\uFFFD';

    private final byte[] body;
    private final int end;
    private final StringBuilder text;
    private int at;

    private StringDecoder(byte[] body, int from, int end) {
        this.body = body;
        this.end = end;
        this.text = new StringBuilder(end - from);
        this.at = from;
    }

    /**
     * @param from the position after the opening quote
     * @param end the position of the closing quote
     */
    static String decode(byte[] body, int from, int end) {
        for (int i = from; i < end; i++) {
            if (body[i] < 0 || body[i] == '\\') {
                return new StringDecoder(body, from, end).decode();
            }
        }
        return new String(body, from, end - from, StandardCharsets.ISO_8859_1);
    }

    private String decode() {
        while (at < end) {
            if (body[at] == '\\') {
                decodeEscape();
            } else if (body[at] < 0) {
                decodeMultiByte();
            } else {
                text.append((char) body[at++]);
            }
        }
        return text.toString();
    }

    private void decodeEscape() {
        byte escaped = body[at + 1];
        if (escaped == 'u') {
            decodeUnicodeEscape();
            return;
        }
        at += 2;
        text.append(
                switch (escaped) {
                    case 'b' -> '\b';
                    case 'f' -> '\f';
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case 't' -> '\t';
                    default -> (char) escaped;
                });
    }

    private void decodeUnicodeEscape() {
        char unit = unitOfEscape();
        at += 6;
        if (!Character.isSurrogate(unit)) {
            text.append(unit);
            return;
        }
        boolean escapeFollows = at + 1 < end && body[at] == '\\' && body[at + 1] == 'u';
        char low = escapeFollows ? unitOfEscape() : 0;
        if (Character.isSurrogatePair(unit, low)) {
            text.append(unit).append(low);
            at += 6;
        } else {
            text.append(REPLACEMENT);
        }
    }

    private char unitOfEscape() {
        int unit = 0;
        for (int i = at + 2; i < at + 6; i++) {
            unit = unit << 4 | Character.digit(body[i], 16);
        }
        return (char) unit;
    }

    private void decodeMultiByte() {
        int lead = body[at] & 0xFF;
        int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        int codePoint = lead & (0xFF >> (length + 1));
        for (int i = 1; i < length; i++) {
            codePoint = codePoint << 6 | body[at + i] & 0x3F;
        }
        at += length;
        text.appendCodePoint(isWellFormed(codePoint, length) ? codePoint : REPLACEMENT);
    }

    private static boolean isWellFormed(int codePoint, int length) {
        int smallest = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000;
        boolean surrogate = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        return codePoint >= smallest && codePoint <= Character.MAX_CODE_POINT && !surrogate;
    }
}
