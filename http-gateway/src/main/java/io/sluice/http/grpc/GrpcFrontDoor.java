package io.sluice.http.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import io.sluice.http.api.OtherBuildingBlocks;
import io.sluice.http.listen.Doorkeeper;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.grpc.common.GrpcHeaderNames;
import io.vertx.grpc.common.GrpcMessage;
import io.vertx.grpc.common.WireFormat;
import io.vertx.grpc.server.GrpcProtocol;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerOptions;
import io.vertx.grpc.server.GrpcServerRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where every call comes in: caller, method, message, in this order. */
final class GrpcFrontDoor implements Handler<HttpServerRequest> {
    private final GrpcServer server;
    private final Doorkeeper doorkeeper;
    private final GrpcCalls calls;
    private final Map<String, Served> methods = new HashMap<>();
    private final MethodMeters unknownMeters;
    private final MessageReader reader;

    /** What {@link #server} is looking at: it makes a call of it before its {@code handle} returns. */
    private @Nullable HttpServerRequest current;

    /** A method as this event loop serves it. */
    private record Served(Endpoint endpoint, MethodMeters meters) {}

    /** @param endpoints by the full name of their method */
    GrpcFrontDoor(Vertx vertx, GrpcState state, GrpcCalls calls, Map<String, Endpoint> endpoints) {
        this.doorkeeper = new Doorkeeper(vertx, state.settings().door().access());
        this.calls = calls;
        this.unknownMeters = state.metrics().ofUnknown();
        this.server = GrpcServer.server(vertx, options(state)).callHandler(this::handle);
        this.reader = new MessageReader(state.settings().messageLimit());
        endpoints.forEach((name, endpoint) ->
                methods.put(name, new Served(endpoint, state.metrics().of(name))));
    }

    private static GrpcServerOptions options(GrpcState state) {
        var options = new GrpcServerOptions().setMaxMessageSize(state.settings().messageLimit());
        options.removeEnabledProtocol(GrpcProtocol.WEB);
        options.removeEnabledProtocol(GrpcProtocol.WEB_TEXT);
        options.removeEnabledProtocol(GrpcProtocol.TRANSCODING);
        return options;
    }

    @Override
    public void handle(HttpServerRequest request) {
        if (HttpMethod.POST.equals(request.method())) {
            // The server throws, and leaves the call alone, at a compressed message of a call that names no encoding.
            if (!request.headers().contains(GrpcHeaderNames.GRPC_ENCODING)) {
                request.headers().set(GrpcHeaderNames.GRPC_ENCODING, MessageReader.UNNAMED);
            }
            current = request;
            server.handle(request);
        } else {
            request.response().setStatusCode(405).end();
        }
    }

    private void handle(GrpcServerRequest<Buffer, Buffer> request) {
        var method = methods.get(request.fullMethodName());
        var stream = Objects.requireNonNull(current);
        var call = calls.open(stream, request, method == null ? unknownMeters : method.meters());
        var message = wholeMessages(request);
        stream.handler(piece -> call.onPiece(piece, message));
        if (doorkeeper.isOpen()) {
            receive(request, call, method);
        } else {
            doorkeeper.admit(request.headers(), request.connection(), request, admission -> admission
                    .<Runnable>fold(
                            in -> () -> {
                                call.isFrom(in.caller());
                                receive(request, call, method);
                            },
                            out -> () -> call.refuse(Refusal.of(out.refusal())))
                    .run());
        }
    }

    /** What vertx-grpc has its requests listen with, and gathers messages in without asking what they may hold. */
    @SuppressWarnings("unchecked")
    private static Handler<Buffer> wholeMessages(GrpcServerRequest<Buffer, Buffer> request) {
        return (Handler<Buffer>) request;
    }

    private void receive(GrpcServerRequest<Buffer, Buffer> request, GrpcCall call, @Nullable Served method) {
        if (method == null) {
            call.refuse(Refusal.unknownMethod(OtherBuildingBlocks.message(request.methodName())));
        } else if (request.format() != WireFormat.PROTOBUF) {
            call.refuse(Refusal.NOT_PROTOBUF);
        } else {
            call.onMessage(message -> serve(call, method.endpoint(), message));
        }
    }

    private void serve(GrpcCall call, Endpoint endpoint, GrpcMessage message) {
        try {
            var bytes = reader.read(message);
            if (call.reserveUnpacked(bytes.length)) {
                endpoint.serve(call, bytes);
            } else {
                call.refuse(Refusal.OVERLOADED);
            }
        } catch (UnreadableMessageException e) {
            call.refuse(e.refusal());
        } catch (InvalidProtocolBufferException e) {
            call.refuse(Refusal.UNREADABLE);
        }
    }
}
