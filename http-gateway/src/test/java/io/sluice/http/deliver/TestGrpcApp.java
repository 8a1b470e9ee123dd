package io.sluice.http.deliver;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.sluice.core.binding.Secret;
import io.sluice.http.Waiting;
import io.sluice.http.deliver.AppChannelSettings.HealthCheck;
import io.sluice.http.grpc.proto.BindingEventRequest;
import io.sluice.http.grpc.proto.BindingEventResponse;
import io.sluice.http.grpc.proto.HealthCheckResponse;
import io.sluice.http.grpc.proto.ListInputBindingsResponse;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** The user's app: a real gRPC server that remembers what it got and answers as it is told. */
final class TestGrpcApp implements AutoCloseable {
    private static final String EVENT = "OnBindingEvent";

    final List<Event> events = new CopyOnWriteArrayList<>();
    final AtomicInteger questions = new AtomicInteger();
    final AtomicInteger connects = new AtomicInteger();
    private final Vertx vertx;
    private final HttpServerOptions options;
    private final int port = TestApp.freePort();
    private volatile Function<BindingEventRequest, Answer> rule = event -> Answer.OK;
    private volatile Answer list = Answer.of(ListInputBindingsResponse.getDefaultInstance());
    private volatile Answer health = Answer.of(HealthCheckResponse.getDefaultInstance());
    private volatile Handler<HttpServerRequest> raw;
    private HttpServer server;

    /** A record as it came. */
    record Event(BindingEventRequest message, MultiMap headers) {
        String text() {
            return message.getData().toStringUtf8();
        }
    }

    /** @param message none with another status than OK */
    record Answer(GrpcStatus status, String text, MessageLite message) {
        static final Answer OK = of(BindingEventResponse.getDefaultInstance());
        /** The caller waits for ever. */
        static final Answer NONE = new Answer(null, "", null);

        static Answer of(MessageLite message) {
            return new Answer(GrpcStatus.OK, "", message);
        }

        static Answer of(GrpcStatus status, String text) {
            return new Answer(status, text, null);
        }

        private void to(GrpcServerRequest<Buffer, Buffer> call) {
            if (message != null) {
                call.response().end(Buffer.buffer(message.toByteArray()));
            } else if (status != null) {
                call.response().status(status).statusMessage(text).end();
            }
        }
    }

    TestGrpcApp(Vertx vertx) {
        this(vertx, new HttpServerOptions());
    }

    TestGrpcApp(Vertx vertx, HttpServerOptions options) {
        this.vertx = vertx;
        this.options = options;
    }

    TestGrpcApp listen() {
        return listen("127.0.0.1");
    }

    TestGrpcApp listen(String address) {
        var grpc = GrpcServer.server(vertx).callHandler(this::onCall);
        server = Waiting.get(vertx.createHttpServer(options)
                .connectionHandler(connection -> connects.incrementAndGet())
                .requestHandler(request -> serve(grpc, request))
                .listen(port, address));
        return this;
    }

    TestGrpcApp answer(Function<BindingEventRequest, Answer> toEvents) {
        rule = toEvents;
        return this;
    }

    TestGrpcApp answer(Answer toEvents) {
        return answer(event -> toEvents);
    }

    TestGrpcApp list(String... bindings) {
        return list(Answer.of(ListInputBindingsResponse.newBuilder()
                .addAllBindings(List.of(bindings))
                .build()));
    }

    TestGrpcApp list(Answer answer) {
        list = answer;
        return this;
    }

    TestGrpcApp health(Answer answer) {
        health = answer;
        return this;
    }

    /** Serves events itself, as HTTP/2. */
    TestGrpcApp handle(Handler<HttpServerRequest> handler) {
        raw = handler;
        return this;
    }

    /** An acknowledgement by somebody who speaks HTTP/2 only. */
    static void acknowledge(HttpServerRequest request) {
        answer(request, Buffer.buffer(new byte[5]), "0");
    }

    /** @param status null for an answer without trailers */
    static void answer(HttpServerRequest request, Buffer body, String status) {
        var response = request.response().putHeader("content-type", "application/grpc");
        if (status != null) {
            response.putTrailer("grpc-status", status);
        }
        response.end(body);
    }

    int port() {
        return port;
    }

    AppChannelSettings settings() {
        return settings("grpc", -1, null, null);
    }

    AppChannelSettings probeTimeout(Duration timeout) {
        return new AppChannelSettings(
                "grpc", "127.0.0.1", port, -1, null, DeliveryHarness.MAX_HEAD_BYTES, timeout, null);
    }

    AppChannelSettings secure() {
        return settings("grpcs", -1, null, null);
    }

    AppChannelSettings concurrency(int most) {
        return settings("grpc", most, null, null);
    }

    AppChannelSettings token(String token) {
        return settings("grpc", -1, new Secret(token), null);
    }

    AppChannelSettings checked(int threshold) {
        return settings(
                "grpc", -1, null, new HealthCheck("/unused", Duration.ofMillis(30), Duration.ofSeconds(2), threshold));
    }

    AppChannelSettings address(String address) {
        return settings("grpc", address, -1, null, null);
    }

    private AppChannelSettings settings(String protocol, int concurrency, Secret token, HealthCheck check) {
        return settings(protocol, "127.0.0.1", concurrency, token, check);
    }

    private AppChannelSettings settings(
            String protocol, String address, int concurrency, Secret token, HealthCheck check) {
        return new AppChannelSettings(
                protocol,
                address,
                port,
                concurrency,
                token,
                DeliveryHarness.MAX_HEAD_BYTES,
                Duration.ofSeconds(3),
                check);
    }

    List<String> texts() {
        return events.stream().map(Event::text).toList();
    }

    private void serve(GrpcServer grpc, HttpServerRequest request) {
        if (raw != null && request.path().endsWith(EVENT)) {
            raw.handle(request);
        } else {
            grpc.handle(request);
        }
    }

    private void onCall(GrpcServerRequest<Buffer, Buffer> call) {
        call.handler(message -> {
            switch (call.fullMethodName()) {
                case "dapr.proto.runtime.v1.AppCallback/OnBindingEvent" -> onEvent(call, message);
                case "dapr.proto.runtime.v1.AppCallback/ListInputBindings" -> {
                    questions.incrementAndGet();
                    list.to(call);
                }
                case "dapr.proto.runtime.v1.AppCallbackHealthCheck/HealthCheck" -> health.to(call);
                default -> Answer.of(GrpcStatus.UNIMPLEMENTED, "").to(call);
            }
        });
    }

    private void onEvent(GrpcServerRequest<Buffer, Buffer> call, Buffer message) {
        try {
            var event = BindingEventRequest.parseFrom(message.getBytes());
            events.add(new Event(event, MultiMap.caseInsensitiveMultiMap().addAll(call.headers())));
            rule.apply(event).to(call);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        if (server != null) {
            Waiting.get(server.close());
        }
    }
}
