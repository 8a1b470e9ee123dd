package io.sluice.http.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import io.sluice.http.listen.Doorkeeper;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcMessage;
import io.vertx.grpc.common.WireFormat;
import io.vertx.grpc.server.GrpcServerRequest;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where every call comes in: caller, method, message, in this order. */
final class GrpcFrontDoor implements Handler<GrpcServerRequest<Buffer, Buffer>> {
    private final Doorkeeper doorkeeper;
    private final GrpcCalls calls;
    private final Map<String, Served> methods = new HashMap<>();
    private final MethodMeters unknownMeters;
    private final MessageReader reader;

    /** A method as this event loop serves it. */
    private record Served(Endpoint endpoint, MethodMeters meters) {}

    /** @param endpoints by the full name of their method */
    GrpcFrontDoor(Vertx vertx, GrpcState state, GrpcCalls calls, Map<String, Endpoint> endpoints) {
        this.doorkeeper = new Doorkeeper(vertx, state.settings().door().access());
        this.calls = calls;
        this.unknownMeters = state.metrics().ofUnknown();
        this.reader = new MessageReader(state.settings().messageLimit());
        endpoints.forEach((name, endpoint) ->
                methods.put(name, new Served(endpoint, state.metrics().of(name))));
    }

    @Override
    public void handle(GrpcServerRequest<Buffer, Buffer> request) {
        var method = methods.get(request.fullMethodName());
        var call = calls.open(request, method == null ? unknownMeters : method.meters());
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

    private void receive(GrpcServerRequest<Buffer, Buffer> request, GrpcCall call, @Nullable Served method) {
        if (method == null) {
            call.refuse(Refusal.UNKNOWN_METHOD);
        } else if (request.format() != WireFormat.PROTOBUF) {
            call.refuse(Refusal.NOT_PROTOBUF);
        } else {
            call.onMessage(message -> serve(call, method.endpoint(), message));
        }
    }

    private void serve(GrpcCall call, Endpoint endpoint, GrpcMessage message) {
        try {
            var bytes = reader.read(message);
            if (call.reserve(bytes.length)) {
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
