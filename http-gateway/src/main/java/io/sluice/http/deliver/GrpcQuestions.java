package io.sluice.http.deliver;

import com.google.protobuf.InvalidProtocolBufferException;
import io.sluice.core.binding.KafkaBinding;
import io.sluice.http.deliver.AppChannelSettings.HealthCheck;
import io.sluice.http.grpc.proto.ListInputBindingsResponse;
import io.vertx.core.Future;
import io.vertx.grpc.common.GrpcStatus;
import java.time.Duration;

/**
 * The questions to an app that speaks gRPC. It lists the bindings whose records it wants; an app without that method wants
 * none, and any other failure leaves it unclear.
 */
final class GrpcQuestions implements AppQuestions {
    private static final String LIST = "ListInputBindings";
    private static final String LIST_PATH = "/dapr.proto.runtime.v1.AppCallback/" + LIST;
    private static final String HEALTH_PATH = "/dapr.proto.runtime.v1.AppCallbackHealthCheck/HealthCheck";

    private static final Subscription UNREADABLE = Subscription.unclear("its answer to " + LIST + " cannot be read");

    private final GrpcConnection app;
    private final Duration timeout;

    /** @param timeout of everything but health probes */
    GrpcQuestions(GrpcConnection app, Duration timeout) {
        this.app = app;
        this.timeout = timeout;
    }

    @Override
    public Future<Subscription> subscription(KafkaBinding binding) {
        return app.ask(LIST_PATH, timeout)
                .map(answer -> wish(binding.name(), answer))
                .otherwise(cause -> Subscription.unclear(app.hint().text(cause)));
    }

    private static Subscription wish(String binding, GrpcAnswer answer) {
        if (answer.status() == GrpcStatus.UNIMPLEMENTED) {
            return Subscription.unwanted("it answers " + LIST + " with UNIMPLEMENTED");
        }
        return answer.isOk() ? listed(binding, answer) : Subscription.unclear(answer.words());
    }

    private static Subscription listed(String binding, GrpcAnswer answer) {
        if (answer.message() == null) {
            return UNREADABLE;
        }
        try {
            var list = ListInputBindingsResponse.parseFrom(answer.message().getBytes());
            return list.getBindingsList().contains(binding)
                    ? Subscription.WANTED
                    : Subscription.unwanted(LIST + " does not name it");
        } catch (InvalidProtocolBufferException notAList) {
            return UNREADABLE;
        }
    }

    @Override
    public String remedy(KafkaBinding binding) {
        return "let the app answer " + LIST
                + " with the bindings that it wants, or declare direction: input in the component";
    }

    @Override
    public Future<Pulse> pulse(HealthCheck check) {
        return app.ask(HEALTH_PATH, check.timeout())
                .map(answer -> new Pulse(
                        answer.isOk(),
                        answer.status().code,
                        "with " + answer.status().name()))
                .otherwise(new Pulse(false, GrpcStatus.UNAVAILABLE.code, "without an answer"));
    }
}
