package io.sluice.http.api;

/** A query that cannot be decoded; the message says where. It costs no stack trace: it is an answer to a caller. */
final class MalformedQueryException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedQueryException(IllegalArgumentException cause) {
        super("invalid query: " + cause.getMessage(), null, false, false);
    }
}
