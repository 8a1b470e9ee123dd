package io.sluice.http.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import io.sluice.http.api.ApiToken;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcMessage;
import io.vertx.grpc.common.WireFormat;
import io.vertx.grpc.server.GrpcServerRequest;
import java.util.HashMap;
import java.util.Map;

/** Where every call comes in: token, method, message, in this order. */
final class GrpcFrontDoor implements Handler<GrpcServerRequest<Buffer, Buffer>> {
    private final ApiToken token;
    private final GrpcCalls calls;
    private final Map<String, Served> methods = new HashMap<>();
    private final MethodMeters unknownMeters;
    private final MessageReader reader;

    /** A method as this event loop serves it. */
    private record Served(Endpoint endpoint, MethodMeters meters) {}

    /** @param endpoints by the full name of their method */
    GrpcFrontDoor(GrpcState state, GrpcCalls calls, Map<String, Endpoint> endpoints) {
        this.token = new ApiToken(state.settings().apiToken());
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
        if (!token.admits(request.headers())) {
            call.refuse(Refusal.INVALID_TOKEN);
        } else if (method == null) {
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
