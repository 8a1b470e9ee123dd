package io.sluice.core.envelope;

/** Finds the end of a JSON number (RFC 8259 §6), however long its digits and its exponent are. */
final class NumberScanner {
    private NumberScanner() {}

    /**
     * @param at where a minus or a digit stands
     * @return the position after the number
     */
    static int skip(byte[] body, int at) throws MalformedEnvelopeException {
        int first = body[at] == '-' ? at + 1 : at;
        int next = digits(body, first);
        if (body[first] == '0' && next > first + 1) {
            throw Malformed.expected("no digit after a leading zero", body, first + 1);
        }
        if (isAt(body, next, '.')) {
            next = digits(body, next + 1);
        }
        if (isAt(body, next, 'e') || isAt(body, next, 'E')) {
            boolean signed = isAt(body, next + 1, '+') || isAt(body, next + 1, '-');
            next = digits(body, signed ? next + 2 : next + 1);
        }
        return next;
    }

    /** Skips one digit or more. */
    private static int digits(byte[] body, int at) throws MalformedEnvelopeException {
        int next = at;
        while (next < body.length && body[next] >= '0' && body[next] <= '9') {
            next++;
        }
        if (next == at) {
            throw Malformed.expected("a digit", body, at);
        }
        return next;
    }

    private static boolean isAt(byte[] body, int at, char expected) {
        return at < body.length && body[at] == expected;
    }
}
