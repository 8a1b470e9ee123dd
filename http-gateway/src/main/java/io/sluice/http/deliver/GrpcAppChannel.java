package io.sluice.http.deliver;

import com.google.protobuf.InvalidProtocolBufferException;
import io.sluice.core.binding.KafkaBinding;
import io.sluice.core.message.Delivery;
import io.sluice.http.grpc.proto.BindingEventResponse;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Delivers the records of one binding with one call of {@code OnBindingEvent} each. */
final class GrpcAppChannel implements AppChannel {
    static final String PATH = "/dapr.proto.runtime.v1.AppCallback/OnBindingEvent";

    private final EventMessage event;
    private final GrpcAttempt.Sending sending;

    /**
     * @param check without a limit: how long a call is out before its connection has to show that it lives
     * @param excluded is run for each header of a record that stays behind
     */
    GrpcAppChannel(
            Vertx vertx,
            GrpcConnection app,
            KafkaBinding binding,
            Duration check,
            CallMeters meters,
            Runnable excluded) {
        this.event = new EventMessage(binding, excluded);
        var timeout = binding.delivery().timeout();
        var limit = new AttemptLimit<GrpcAttempt>(vertx, timeout.isZero() ? check : timeout, GrpcAttempt::expire);
        this.sending = new GrpcAttempt.Sending(app, PATH, timeout, GrpcAppChannel::read, limit, meters);
    }

    @Override
    public Future<AppAnswer> call(Delivery delivery, BooleanSupplier wanted) {
        return new GrpcAttempt(
                        sending, event.trace(delivery), event.of(delivery).toByteArray(), wanted)
                .start();
    }

    private static AppAnswer read(GrpcAnswer answer) {
        if (!answer.isOk()) {
            return AppAnswer.refused(
                    answer.status().code, "the app answered with " + answer.words(), answer.retryAfter());
        }
        return AppAnswer.acknowledged(isReadable(answer.message()) ? answer.message() : null);
    }

    /** Only checked here: what cannot be read is not followed, and nothing else comes of that. */
    private static boolean isReadable(@Nullable Buffer message) {
        try {
            return message != null && BindingEventResponse.parseFrom(message.getBytes()) != null;
        } catch (InvalidProtocolBufferException notAResponse) {
            return false;
        }
    }
}
