package io.sluice.http.grpc;

/** A message whose bytes cannot be had. It has no stack trace: it is an answer to a caller, and must cost no more. */
final class UnreadableMessageException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    UnreadableMessageException(Refusal refusal) {
        super(refusal.message(), null, false, false);
        this.refusal = refusal;
    }

    Refusal refusal() {
        return refusal;
    }
}
