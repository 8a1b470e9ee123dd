package io.sluice.core.envelope;

import java.util.BitSet;

/** The containers that are open at a position: a stack of one bit each. */
final class Nesting {
    /** Jackson's default; the envelope itself is the first level. */
    static final int MOST = 1000;

    private final BitSet objects = new BitSet();
    private final int outside;
    private int depth;

    /**
     * @param outside how many containers are open around the first one pushed
     */
    Nesting(int outside) {
        this.outside = outside;
    }

    /** Enters the container whose bracket stands at {@code at}. */
    void push(byte[] body, int at) throws MalformedEnvelopeException {
        if (outside + depth >= MOST) {
            throw new MalformedEnvelopeException("nested deeper than " + MOST + " levels at byte " + at);
        }
        objects.set(depth++, body[at] == '{');
    }

    void pop() {
        depth--;
    }

    boolean isEmpty() {
        return depth == 0;
    }

    /** Whether the innermost container is an object. */
    boolean inObject() {
        return objects.get(depth - 1);
    }
}
