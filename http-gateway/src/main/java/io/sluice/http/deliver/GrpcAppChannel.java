package io.sluice.http.deliver;

import com.google.protobuf.InvalidProtocolBufferException;
import io.sluice.core.binding.KafkaBinding;
import io.sluice.core.message.Delivery;
import io.sluice.http.grpc.proto.BindingEventResponse;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.grpc.common.GrpcStatus;
import java.time.Duration;

/** Delivers the records of one binding with one call of {@code OnBindingEvent} each. */
final class GrpcAppChannel implements AppChannel {
    static final String PATH = "/dapr.proto.runtime.v1.AppCallback/OnBindingEvent";

    /** Without a limit: how long a call is out before its connection has to show that it lives. */
    private static final Duration CHECK_AFTER = Duration.ofMinutes(1);

    private final EventMessage event;
    private final GrpcAttempt.Sending sending;

    GrpcAppChannel(Vertx vertx, GrpcConnection app, KafkaBinding binding, CallMeters meters) {
        this.event = new EventMessage(binding);
        var timeout = binding.delivery().timeout();
        var limit = new AttemptLimit<GrpcAttempt>(vertx, timeout.isZero() ? CHECK_AFTER : timeout, GrpcAttempt::expire);
        this.sending = new GrpcAttempt.Sending(app, PATH, timeout, GrpcAppChannel::read, limit, meters);
    }

    @Override
    public Future<AppAnswer> call(Delivery delivery) {
        return new GrpcAttempt(
                        sending, event.trace(delivery), event.of(delivery).toByteArray())
                .start();
    }

    private static AppAnswer read(GrpcAnswer answer) {
        if (!answer.isOk()) {
            return refused(answer.status(), "the app answered with " + answer.words(), answer.retryAfter());
        }
        try {
            // Only checked here: an answer that nobody can read is none.
            BindingEventResponse.parseFrom(answer.message().getBytes());
            return AppAnswer.acknowledged(answer.message());
        } catch (InvalidProtocolBufferException notAResponse) {
            return refused(GrpcStatus.INTERNAL, "the app's answer is not a BindingEventResponse", Duration.ZERO);
        }
    }

    private static AppAnswer refused(GrpcStatus status, String reason, Duration retryAfter) {
        return AppAnswer.refused(status.code, reason, retryAfter);
    }
}
