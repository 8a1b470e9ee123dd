package io.sluice.core.envelope;

/** Words for what is wrong with a body. */
final class Malformed {
    private static final int LONGEST_NAME = 40;

    private Malformed() {}

    static MalformedEnvelopeException expected(String what, byte[] body, int at) {
        return new MalformedEnvelopeException("expected " + what + ", found " + byteAt(body, at) + " at byte " + at);
    }

    /** For a value that starts at {@code at} and is of another type than {@code rule} demands. */
    static MalformedEnvelopeException wrongType(String rule, byte[] body, int at) {
        return new MalformedEnvelopeException(rule + ", found " + valueAt(body, at) + " at byte " + at);
    }

    /** {@code name} as it may be repeated in a message. */
    static String printable(String name) {
        var shown = new StringBuilder();
        for (int i = 0; i < Math.min(name.length(), LONGEST_NAME); i++) {
            char c = name.charAt(i);
            shown.append(c > ' ' && c < 0x7F ? c : '?');
        }
        return name.length() > LONGEST_NAME ? shown + "..." : shown.toString();
    }

    private static String valueAt(byte[] body, int at) {
        return switch (at < body.length ? body[at] : 0) {
            case '{' -> "an object";
            case '[' -> "an array";
            case '"' -> "a string";
            case 't', 'f' -> "a boolean";
            case 'n' -> "null";
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> "a number";
            default -> byteAt(body, at);
        };
    }

    private static String byteAt(byte[] body, int at) {
        if (at >= body.length) {
            return "the end of the body";
        }
        byte found = body[at];
        return found > ' ' && found < 0x7F ? "'" + (char) found + "'" : String.format("0x%02x", found & 0xFF);
    }
}
