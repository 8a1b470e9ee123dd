package io.sluice.core.client;

import io.sluice.core.bus.Addresses;
import io.sluice.core.bus.BusCodecs;
import io.sluice.core.bus.InvokeReplies;
import io.sluice.core.message.InvokeOutcome;
import io.sluice.core.message.InvokeRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import java.time.Duration;

/**
 * Calls output bindings of a gateway on the same event bus, in this process or in another member of the cluster.
 *
 * <p>The bus must know the gateway's messages: call {@link BusCodecs#register} once per Vert.x instance. Safe for use
 * from any thread; futures complete on the caller's context.
 */
public final class BindingClient {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    private final EventBus bus;
    private final DeliveryOptions options;

    /** A client that waits 30 seconds for an outcome. */
    public BindingClient(Vertx vertx) {
        this(vertx, DEFAULT_TIMEOUT);
    }

    /**
     * @param timeout longest wait for an outcome, at least a millisecond
     */
    public BindingClient(Vertx vertx, Duration timeout) {
        this.bus = vertx.eventBus();
        this.options = new DeliveryOptions().setSendTimeout(timeout.toMillis());
    }

    /**
     * Sends {@code request} to {@code binding}.
     *
     * <p>After {@code DEADLINE_EXCEEDED} the record may be in Kafka all the same.
     *
     * @return the outcome: stored, or refused and why. It fails only when the bus itself does, or when whoever serves
     *     the address is no gateway.
     * @throws IllegalArgumentException when the bus does not know the gateway's messages
     */
    public Future<InvokeOutcome> invoke(String binding, InvokeRequest request) {
        return bus.<InvokeOutcome>request(Addresses.invoke(binding), request, options)
                .map(reply -> reply.body())
                .recover(cause -> InvokeReplies.toOutcome(cause, binding));
    }
}
