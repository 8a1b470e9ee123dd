package io.sluice.core.envelope;

import java.nio.charset.StandardCharsets;

/**
 * Finds the ends of JSON values and checks them on the way, without building anything.
 *
 * <p>Methods take a position in the body and return a later one. They accept what Jackson's parser accepts with its
 * default features.
 */
final class JsonScanner {
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private JsonScanner() {}

    /** The position of the next byte that is not white space; the body's length when there is none. */
    static int skipSpace(byte[] body, int at) {
        int next = at;
        while (next < body.length
                && (body[next] == ' ' || body[next] == '\n' || body[next] == '\r' || body[next] == '\t')) {
            next++;
        }
        return next;
    }

    /**
     * @param depth how many containers are open around the value
     * @return the position right after the value
     */
    static int skipValue(byte[] body, int at, int depth) throws MalformedEnvelopeException {
        return isOpening(body, at) ? skipContainer(body, at, depth) : skipScalar(body, at);
    }

    static int skipNull(byte[] body, int at) throws MalformedEnvelopeException {
        return skipLiteral(body, at, NULL);
    }

    /** From an object's opening brace to its first member's name, or to the closing brace when it has no members. */
    static int firstMember(byte[] body, int at) throws MalformedEnvelopeException {
        int next = skipSpace(body, at + 1);
        if (next < body.length && (body[next] == '"' || body[next] == '}')) {
            return next;
        }
        throw Malformed.expected("a member's name or '}'", body, next);
    }

    /** From the end of a member's value to the next member's name, or to the closing brace. */
    static int nextMember(byte[] body, int at) throws MalformedEnvelopeException {
        int next = skipSpace(body, at);
        if (next < body.length && body[next] == '}') {
            return next;
        }
        if (next >= body.length || body[next] != ',') {
            throw Malformed.expected("',' or '}'", body, next);
        }
        next = skipSpace(body, next + 1);
        if (next < body.length && body[next] == '"') {
            return next;
        }
        throw Malformed.expected("a member's name", body, next);
    }

    /** From the end of a member's name to the first byte of its value. */
    static int memberValue(byte[] body, int at) throws MalformedEnvelopeException {
        int next = skipSpace(body, at);
        if (next >= body.length || body[next] != ':') {
            throw Malformed.expected("':'", body, next);
        }
        return valueStart(body, next + 1);
    }

    private static int valueStart(byte[] body, int at) throws MalformedEnvelopeException {
        int next = skipSpace(body, at);
        if (next >= body.length || body[next] == '}' || body[next] == ']') {
            throw Malformed.expected("a value", body, next);
        }
        return next;
    }

    private static int skipContainer(byte[] body, int at, int depth) throws MalformedEnvelopeException {
        var open = new Nesting(depth);
        int next = at;
        while (true) {
            next = isOpening(body, next) ? enter(body, next, open) : following(body, skipScalar(body, next), open);
            while (body[next] == (open.inObject() ? '}' : ']')) {
                open.pop();
                if (open.isEmpty()) {
                    return next + 1;
                }
                next = following(body, next + 1, open);
            }
        }
    }

    /** From an opening bracket to the first value inside, or to the closing bracket. */
    private static int enter(byte[] body, int at, Nesting open) throws MalformedEnvelopeException {
        open.push(body, at);
        if (open.inObject()) {
            return valueOf(body, firstMember(body, at));
        }
        int next = skipSpace(body, at + 1);
        return next < body.length && body[next] == ']' ? next : valueStart(body, next);
    }

    /** From the end of a value inside a container to the container's next value, or to its closing bracket. */
    private static int following(byte[] body, int at, Nesting open) throws MalformedEnvelopeException {
        if (open.inObject()) {
            return valueOf(body, nextMember(body, at));
        }
        int next = skipSpace(body, at);
        if (next < body.length && body[next] == ']') {
            return next;
        }
        if (next >= body.length || body[next] != ',') {
            throw Malformed.expected("',' or ']'", body, next);
        }
        return valueStart(body, next + 1);
    }

    /** From a member's name to its value; a closing brace stays where it is. */
    private static int valueOf(byte[] body, int at) throws MalformedEnvelopeException {
        return body[at] == '}' ? at : memberValue(body, StringScanner.skip(body, at));
    }

    private static int skipScalar(byte[] body, int at) throws MalformedEnvelopeException {
        switch (at < body.length ? body[at] : 0) {
            case '"':
                return StringScanner.skip(body, at);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
                return NumberScanner.skip(body, at);
            case 't':
                return skipLiteral(body, at, TRUE);
            case 'f':
                return skipLiteral(body, at, FALSE);
            case 'n':
                return skipLiteral(body, at, NULL);
            default:
                throw Malformed.expected("a value", body, at);
        }
    }

    private static int skipLiteral(byte[] body, int at, byte[] literal) throws MalformedEnvelopeException {
        for (int i = 0; i < literal.length; i++) {
            if (at + i >= body.length || body[at + i] != literal[i]) {
                String text = new String(literal, StandardCharsets.US_ASCII);
                throw Malformed.expected("the literal " + text, body, at + i);
            }
        }
        return at + literal.length;
    }

    private static boolean isOpening(byte[] body, int at) {
        return at < body.length && (body[at] == '{' || body[at] == '[');
    }
}
