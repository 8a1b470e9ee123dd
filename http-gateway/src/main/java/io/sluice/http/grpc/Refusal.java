package io.sluice.http.grpc;

import io.sluice.core.message.Failure;
import io.sluice.core.message.Reason;
import io.vertx.grpc.common.GrpcStatus;
import org.jspecify.annotations.Nullable;

/**
 * How a call fails.
 *
 * @param errorCode the same as over HTTP, or null when there is none
 */
record Refusal(GrpcStatus status, String message, @Nullable String errorCode) {
    static final Refusal NOT_PROTOBUF =
            new Refusal(GrpcStatus.UNIMPLEMENTED, "only application/grpc+proto is understood", null);
    static final Refusal NO_MESSAGE = new Refusal(GrpcStatus.INVALID_ARGUMENT, "the request has no message", null);
    static final Refusal UNREADABLE =
            new Refusal(GrpcStatus.INVALID_ARGUMENT, "the message is not what the method takes", null);
    static final Refusal CLIENT_DEADLINE = new Refusal(GrpcStatus.DEADLINE_EXCEEDED, "context deadline exceeded", null);
    static final Refusal OVERDUE = new Refusal(GrpcStatus.INTERNAL, "context deadline exceeded", null);
    static final Refusal OVERLOADED = new Refusal(
            GrpcStatus.UNAVAILABLE,
            "too many bytes wait to be written to Kafka, send the request again later",
            Reason.OVERLOADED.errorCode());
    static final Refusal INTERNAL_ERROR =
            new Refusal(GrpcStatus.INTERNAL, "internal error, see the gateway's log", "ERR_INTERNAL");

    static Refusal of(Failure failure, String binding) {
        return new Refusal(
                status(failure.reason()),
                failure.message(binding),
                failure.reason().errorCode());
    }

    static Refusal of(io.sluice.auth.access.Refusal refusal) {
        return switch (refusal.kind()) {
            case UNAUTHENTICATED -> new Refusal(GrpcStatus.UNAUTHENTICATED, refusal.message(), null);
            case FORBIDDEN -> new Refusal(GrpcStatus.PERMISSION_DENIED, refusal.message(), "ERR_PERMISSION_DENIED");
            case UNAVAILABLE -> new Refusal(GrpcStatus.UNAVAILABLE, refusal.message(), "ERR_TOKEN_ISSUER_UNAVAILABLE");
        };
    }

    static Refusal unknownMethod(String message) {
        return new Refusal(GrpcStatus.UNIMPLEMENTED, message, null);
    }

    static Refusal malformed(String message) {
        return new Refusal(GrpcStatus.INVALID_ARGUMENT, message, Reason.MALFORMED_REQUEST.errorCode());
    }

    static Refusal tooLarge(int limit) {
        return new Refusal(
                GrpcStatus.RESOURCE_EXHAUSTED, "the message is larger than the limit of " + limit + " bytes", null);
    }

    static Refusal unknownEncoding() {
        return new Refusal(GrpcStatus.UNIMPLEMENTED, "messages are compressed with gzip or not at all", null);
    }

    /** Dapr answers INTERNAL to whatever goes wrong with a call. */
    private static GrpcStatus status(Reason reason) {
        return switch (reason) {
            case OVERLOADED -> GrpcStatus.UNAVAILABLE;
            case MALFORMED_REQUEST -> GrpcStatus.INVALID_ARGUMENT;
            case OPERATION_MISSING,
                    UNKNOWN_BINDING,
                    UNSUPPORTED_OPERATION,
                    INVALID_METADATA,
                    INVALID_TOPIC,
                    RECORD_TOO_LARGE,
                    SCHEMA,
                    KAFKA_UNAVAILABLE,
                    KAFKA_REFUSED,
                    CLOSED,
                    DEADLINE_EXCEEDED -> GrpcStatus.INTERNAL;
        };
    }
}
