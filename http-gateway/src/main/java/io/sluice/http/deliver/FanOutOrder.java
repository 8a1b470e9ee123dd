package io.sluice.http.deliver;

import com.google.protobuf.InvalidProtocolBufferException;
import io.sluice.core.envelope.InvokeParser;
import io.sluice.core.envelope.MalformedEnvelopeException;
import io.sluice.core.message.InvokeRequest;
import io.sluice.http.grpc.DataField;
import io.sluice.http.grpc.proto.BindingEventResponse;
import io.sluice.http.grpc.proto.BindingEventResponse.BindingEventConcurrency;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an app's answer asks for: {@code {"to": ["a", "b"], "data": …, "concurrency": "parallel"}} over HTTP, the same
 * fields of a message over gRPC.
 *
 * @param targets output bindings, in the app's order
 * @param request the call that each of them gets
 */
record FanOutOrder(List<String> targets, boolean parallel, InvokeRequest request) {

    /** Reads an answer; one that does not ask for anything is none. */
    static Optional<FanOutOrder> parse(Buffer answer) {
        try {
            var json = new JsonObject(answer);
            return json.getValue("to") instanceof JsonArray to && !to.isEmpty() && json.containsKey("data")
                    ? Optional.of(order(to, json.getValue("concurrency"), answer))
                    : Optional.empty();
        } catch (DecodeException | ClassCastException | MalformedEnvelopeException notAnOrder) {
            return Optional.empty();
        }
    }

    /** Reads a {@link BindingEventResponse}. Its data need not be JSON. */
    static Optional<FanOutOrder> parseMessage(Buffer answer) {
        try {
            var response = BindingEventResponse.parseFrom(answer.getBytes());
            return response.getToList().isEmpty() ? Optional.empty() : Optional.of(order(response));
        } catch (InvalidProtocolBufferException notAResponse) {
            return Optional.empty();
        }
    }

    private static FanOutOrder order(BindingEventResponse response) {
        var request = new InvokeRequest(InvokeRequest.CREATE, DataField.value(response.getData()), Map.of());
        return new FanOutOrder(
                response.getToList(), response.getConcurrency() == BindingEventConcurrency.PARALLEL, request);
    }

    private static FanOutOrder order(JsonArray to, Object concurrency, Buffer answer)
            throws MalformedEnvelopeException {
        var targets = to.stream().map(String.class::cast).toList();
        // The answer is an envelope without operation: its parser gives the data as it was sent, byte for byte.
        byte[] data = InvokeParser.parse(answer.getBytes()).value();
        boolean parallel = concurrency instanceof String text && text.equalsIgnoreCase("parallel");
        return new FanOutOrder(targets, parallel, new InvokeRequest(InvokeRequest.CREATE, data, Map.of()));
    }
}
