package io.sluice.it.input;

import com.google.protobuf.Empty;
import io.dapr.v1.AppCallbackGrpc.AppCallbackImplBase;
import io.dapr.v1.AppCallbackHealthCheckGrpc.AppCallbackHealthCheckImplBase;
import io.dapr.v1.DaprAppCallbackProtos.BindingEventRequest;
import io.dapr.v1.DaprAppCallbackProtos.BindingEventResponse;
import io.dapr.v1.DaprAppCallbackProtos.HealthCheckResponse;
import io.dapr.v1.DaprAppCallbackProtos.ListInputBindingsResponse;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The user's app as Dapr's Java SDK makes it: the SDK's own services on gRPC's own server. It keeps what it gets and answers
 * as the test tells it. Safe for use from any thread.
 */
final class DaprApp implements AutoCloseable {
    private static final Metadata.Key<String> TOKEN =
            Metadata.Key.of("dapr-api-token", Metadata.ASCII_STRING_MARSHALLER);

    private final List<BindingEventRequest> events = new CopyOnWriteArrayList<>();
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();
    private final Server server;
    private volatile Function<BindingEventRequest, BindingEventResponse> rule =
            event -> BindingEventResponse.getDefaultInstance();
    private volatile Status health = Status.OK;

    /** @param bindings that it wants the records of */
    DaprApp(ServerCredentials credentials, String... bindings) {
        try {
            server = Grpc.newServerBuilderForPort(0, credentials)
                    .addService(new Callback(List.of(bindings)))
                    .addService(new Health())
                    .intercept(new Tokens())
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.getPort();
    }

    /** Answers records from now on; throws a {@link io.grpc.StatusRuntimeException} to refuse one. */
    void answer(Function<BindingEventRequest, BindingEventResponse> answer) {
        rule = answer;
    }

    /** Answers health probes from now on. */
    void feel(Status status) {
        health = status;
    }

    /** The deliveries of records with that value, also those that were refused. */
    List<BindingEventRequest> deliveries(String value) {
        return events.stream()
                .filter(event -> event.getData().toStringUtf8().equals(value))
                .toList();
    }

    List<BindingEventRequest> deliveries() {
        return events;
    }

    /** What came as {@code dapr-api-token} with calls of any kind, {@code none} for those without. */
    Set<String> tokens() {
        return tokens;
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private final class Callback extends AppCallbackImplBase {
        private final List<String> wanted;

        Callback(List<String> wanted) {
            this.wanted = wanted;
        }

        @Override
        public void listInputBindings(Empty request, StreamObserver<ListInputBindingsResponse> answer) {
            answer.onNext(ListInputBindingsResponse.newBuilder()
                    .addAllBindings(wanted)
                    .build());
            answer.onCompleted();
        }

        @Override
        public void onBindingEvent(BindingEventRequest event, StreamObserver<BindingEventResponse> answer) {
            events.add(event);
            try {
                answer.onNext(rule.apply(event));
                answer.onCompleted();
            } catch (RuntimeException refused) {
                answer.onError(refused);
            }
        }
    }

    private final class Health extends AppCallbackHealthCheckImplBase {
        @Override
        public void healthCheck(Empty request, StreamObserver<HealthCheckResponse> answer) {
            if (health.isOk()) {
                answer.onNext(HealthCheckResponse.getDefaultInstance());
                answer.onCompleted();
            } else {
                answer.onError(health.asException());
            }
        }
    }

    private final class Tokens implements ServerInterceptor {
        @Override
        public <Q, R> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
            @Nullable String token = headers.get(TOKEN);
            tokens.add(token == null ? "none" : token);
            return next.startCall(call, headers);
        }
    }
}
