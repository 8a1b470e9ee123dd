package io.sluice.core.envelope;

/**
 * A body that is not an envelope. The message is the detail that callers see: what was expected, what stands there and
 * at which byte (counted from 0); of the body it repeats a few printable ASCII characters at most.
 *
 * <p>It has no stack trace: it is an answer to a caller, and must cost no more than one.
 */
public final class MalformedEnvelopeException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With the words that callers see. */
    public MalformedEnvelopeException(String detail) {
        super(detail, null, false, false);
    }

    /** What is wrong with the body. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
