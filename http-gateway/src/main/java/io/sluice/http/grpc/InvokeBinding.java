package io.sluice.http.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import io.sluice.auth.access.Right;
import io.sluice.core.binding.BindingCatalog;
import io.sluice.core.message.Failure;
import io.sluice.core.message.InvokeOutcome;
import io.sluice.core.message.InvokeRequest;
import io.sluice.http.grpc.proto.InvokeBindingRequest;
import io.sluice.http.grpc.proto.InvokeBindingResponse;
import io.sluice.http.invoke.InvokeDispatcher;
import io.sluice.http.trace.MalformedBaggageException;
import io.sluice.http.trace.TraceHeaders;

/** Calls of output bindings. Of the call's own metadata only the trace context and the baggage go on to the record. */
final class InvokeBinding implements Endpoint {
    private final BindingCatalog catalog;
    private final InvokeDispatcher dispatcher;

    InvokeBinding(BindingCatalog catalog, InvokeDispatcher dispatcher) {
        this.catalog = catalog;
        this.dispatcher = dispatcher;
    }

    @Override
    public void serve(GrpcCall call, byte[] message) throws InvalidProtocolBufferException {
        var asked = InvokeBindingRequest.parseFrom(message);
        if (!call.mayUse(Right.INVOKE, asked.getName())) {
            return;
        }
        try {
            var request =
                    new InvokeRequest(asked.getOperation(), DataField.value(asked.getData()), asked.getMetadataMap());
            dispatch(call, asked.getName(), request.withMetadata(TraceHeaders.metadataOfCall(call.headers())));
        } catch (MalformedBaggageException e) {
            call.refuse(Refusal.malformed(e.detail()));
        }
    }

    private void dispatch(GrpcCall call, String binding, InvokeRequest request) {
        if (request.operation().isEmpty()) {
            call.refuse(Refusal.of(Failure.operationMissing(), binding));
        } else if (catalog.output(binding).isEmpty()) {
            call.refuse(Refusal.of(Failure.unknownBinding(binding), binding));
        } else {
            long id = dispatcher.dispatch(binding, request, outcome -> {
                call.cameBack();
                answer(call, binding, outcome);
            });
            call.awaitAnswer(() -> dispatcher.withdraw(binding, id));
        }
    }

    private static void answer(GrpcCall call, String binding, InvokeOutcome outcome) {
        outcome.<Runnable>fold(
                        stored -> () -> call.answer(InvokeBindingResponse.getDefaultInstance()),
                        refused -> () -> call.refuse(Refusal.of(refused.failure(), binding)))
                .run();
    }
}
