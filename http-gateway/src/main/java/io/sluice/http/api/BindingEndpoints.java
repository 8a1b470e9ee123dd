package io.sluice.http.api;

import io.sluice.core.binding.BindingCatalog;
import io.sluice.core.envelope.InvokeParser;
import io.sluice.core.envelope.MalformedEnvelopeException;
import io.sluice.core.message.Failure;
import io.sluice.core.message.InvokeRequest;
import io.sluice.core.message.Reason;
import io.sluice.http.invoke.InvokeDispatcher;
import io.sluice.http.trace.MalformedBaggageException;
import io.sluice.http.trace.TraceHeaders;

/** Calls of output bindings. */
final class BindingEndpoints {
    private final BindingCatalog catalog;
    private final InvokeDispatcher dispatcher;
    private final long maxBodySize;

    private interface RequestReader {
        InvokeRequest read(byte[] body) throws MalformedEnvelopeException, MalformedQueryException;
    }

    BindingEndpoints(BindingCatalog catalog, InvokeDispatcher dispatcher, long maxBodySize) {
        this.catalog = catalog;
        this.dispatcher = dispatcher;
        this.maxBodySize = maxBodySize;
    }

    /** The body is the JSON envelope, whatever its content type says. */
    void invoke(Exchange exchange, String binding) {
        call(exchange, binding, InvokeParser::parse);
    }

    /** The body is the value. */
    void invokeRaw(Exchange exchange, String binding) {
        call(exchange, binding, body -> RawRequest.of(exchange.request(), body));
    }

    private void call(Exchange exchange, String binding, RequestReader reader) {
        exchange.readBody(
                maxBodySize,
                body -> {
                    try {
                        var request = reader.read(body);
                        var trace = TraceHeaders.metadata(exchange.request().headers());
                        dispatch(exchange, binding, request.withMetadata(trace));
                    } catch (MalformedEnvelopeException e) {
                        refuse(exchange, binding, new Failure(Reason.MALFORMED_REQUEST, e.detail()));
                    } catch (MalformedBaggageException | MalformedQueryException e) {
                        exchange.answer(Answer.malformed(String.valueOf(e.getMessage())));
                    }
                },
                failure -> Answer.failure(failure, binding));
    }

    private void dispatch(Exchange exchange, String binding, InvokeRequest request) {
        if (request.operation().isEmpty()) {
            refuse(exchange, binding, Failure.operationMissing());
        } else if (catalog.output(binding).isEmpty()) {
            refuse(exchange, binding, Failure.unknownBinding(binding));
        } else {
            long id =
                    dispatcher.dispatch(binding, request, outcome -> exchange.answer(Answer.outcome(outcome, binding)));
            exchange.awaitAnswer(() -> dispatcher.withdraw(binding, id));
        }
    }

    private static void refuse(Exchange exchange, String binding, Failure failure) {
        exchange.answer(Answer.failure(failure, binding));
    }
}
