package io.sluice.core.message;

/**
 * A call that failed.
 *
 * @param detail what went wrong, in words that a caller can act on; no payload, no secret
 */
public record Failure(Reason reason, String detail) {

    /** The failure of a call of a binding that is not there or only consumes. */
    public static Failure unknownBinding(String binding) {
        return new Failure(Reason.UNKNOWN_BINDING, "couldn't find output binding " + binding);
    }

    /** The failure of a call without an operation. */
    public static Failure operationMissing() {
        return new Failure(Reason.OPERATION_MISSING, "operation field is missing from request");
    }

    /** The failure of a call whose operation a Kafka binding does not have. */
    public static Failure unsupportedOperation(String binding, String operation) {
        return new Failure(
                Reason.UNSUPPORTED_OPERATION,
                "binding " + binding + " does not support operation " + operation + ". supported operations:"
                        + InvokeRequest.CREATE);
    }

    /** The failure of a call that was not answered in time; its record may still reach Kafka. */
    public static Failure deadlineExceeded() {
        return new Failure(Reason.DEADLINE_EXCEEDED, "context deadline exceeded");
    }

    /** The failure of a call that met an error of our own; nothing is known of its record. */
    public static Failure internal() {
        return new Failure(Reason.KAFKA_UNAVAILABLE, "internal error, see the gateway's log");
    }

    /** The text that callers see, in Dapr's form. */
    public String message(String binding) {
        return reason == Reason.MALFORMED_REQUEST
                ? "failed deserializing HTTP body: " + detail
                : "error invoking output binding " + binding + ": " + detail;
    }
}
