package io.sluice.http.trace;

/**
 * A {@code baggage} header that does not follow W3C Baggage; the message says what is wrong with it.
 *
 * <p>It has no stack trace: it is an answer to a caller, and must cost no more than one.
 */
public final class MalformedBaggageException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedBaggageException(String detail) {
        super("invalid baggage header: " + detail, null, false, false);
    }

    /** What callers see. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
