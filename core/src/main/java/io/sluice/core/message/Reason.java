package io.sluice.core.message;

/**
 * Why a call failed, with the HTTP status and error code that callers see.
 *
 * <p>Statuses and codes are Dapr's (clients test for them); only {@link #OVERLOADED} is Sluice's own. The table stands
 * here and not in a protocol's module because callers on the event bus get the same status as callers over HTTP.
 */
public enum Reason {
    MALFORMED_REQUEST(400, "ERR_MALFORMED_REQUEST"),
    OPERATION_MISSING(500, "ERR_INVOKE_OUTPUT_BINDING"),
    UNKNOWN_BINDING(500, "ERR_INVOKE_OUTPUT_BINDING"),
    UNSUPPORTED_OPERATION(500, "ERR_INVOKE_OUTPUT_BINDING"),
    INVALID_METADATA(500, "ERR_INVOKE_OUTPUT_BINDING"),
    INVALID_TOPIC(500, "ERR_INVOKE_OUTPUT_BINDING"),
    RECORD_TOO_LARGE(500, "ERR_INVOKE_OUTPUT_BINDING"),
    SCHEMA(500, "ERR_INVOKE_OUTPUT_BINDING"),
    /** No broker could be asked: unreachable, or not before the client gave up. */
    KAFKA_UNAVAILABLE(500, "ERR_INVOKE_OUTPUT_BINDING"),
    /** A broker answered, and refused. */
    KAFKA_REFUSED(500, "ERR_INVOKE_OUTPUT_BINDING"),
    CLOSED(500, "ERR_INVOKE_OUTPUT_BINDING"),
    DEADLINE_EXCEEDED(500, "ERR_INVOKE_OUTPUT_BINDING"),
    /** Not accepted: no room for the record. It is safe to send it again. */
    OVERLOADED(503, "ERR_OVERLOADED");

    private final int status;
    private final String errorCode;

    Reason(int status, String errorCode) {
        this.status = status;
        this.errorCode = errorCode;
    }

    /** The HTTP status, also the failure code of a reply on the event bus. */
    public int status() {
        return status;
    }

    /** The value of {@code errorCode} in the error's JSON. */
    public String errorCode() {
        return errorCode;
    }
}
