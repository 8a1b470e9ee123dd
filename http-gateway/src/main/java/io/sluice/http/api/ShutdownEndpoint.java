package io.sluice.http.api;

import java.util.function.Consumer;

/** Ends the gateway on request. */
final class ShutdownEndpoint {
    private static final String FORCE = "dapr-force-shutdown";

    private final Consumer<Boolean> shutdown;

    /** @param shutdown gets whether to end at once */
    ShutdownEndpoint(Consumer<Boolean> shutdown) {
        this.shutdown = shutdown;
    }

    void serve(Exchange exchange) {
        boolean force = "true".equalsIgnoreCase(exchange.request().getHeader(FORCE));
        exchange.answer(Answer.NO_CONTENT).onComplete(written -> shutdown.accept(force));
    }
}
