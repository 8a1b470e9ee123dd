package io.sluice.kafka.consume.courier;

import io.sluice.core.binding.HeaderNames;
import io.sluice.core.binding.KafkaBinding;
import io.sluice.core.bus.Addresses;
import io.sluice.core.message.DeliveryResult;
import io.sluice.core.message.DeliveryResult.Postponed;
import io.sluice.core.message.DeliveryResult.Refused;
import io.sluice.core.message.DeliveryResult.Unreachable;
import io.sluice.core.message.HeaderFilter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.ReplyException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Brings records to a program on the event bus, one request each; a reply is the acknowledgement.
 *
 * <p>The bus does not tell when a program ends with requests that it has not answered. So a request without a limit is sent
 * again in the end, however long its handler may take; that is no refusal.
 */
final class EventBusCourier implements Courier {
    private static final Duration SENT_AGAIN_AFTER = Duration.ofHours(1);

    private final EventBus bus;
    private final String address;
    private final HeaderFilter filter;
    private final DeliveryOptions options;
    private final DeliveryResult noReply;
    private boolean closed;

    /** @param excluded is run for each header of a record that stays behind */
    EventBusCourier(Vertx vertx, KafkaBinding binding, Runnable excluded) {
        this.bus = vertx.eventBus();
        this.address = Addresses.events(binding.name());
        this.filter = new HeaderFilter(
                binding.name(),
                Objects.requireNonNullElse(binding.delivery().excludedHeaders(), HeaderNames.NONE),
                excluded);
        Duration timeout = binding.delivery().timeout();
        boolean limited = !timeout.isZero();
        Duration limit = limited ? timeout : SENT_AGAIN_AFTER;
        this.options = new DeliveryOptions().setSendTimeout(Math.max(1, limit.toMillis()));
        this.noReply = limited
                ? new Refused(0, "no reply in time")
                : new Postponed("no reply within " + limit.toHours() + " h: sent again");
    }

    @Override
    public Future<Void> open() {
        return Future.succeededFuture();
    }

    @Override
    public void send(List<? extends Parcel> parcels) {
        for (Parcel parcel : parcels) {
            bus.request(address, EventJson.of(parcel.delivery(), filter), options)
                    .map(reply -> DeliveryResult.ACKNOWLEDGED)
                    .otherwise(this::result)
                    .onSuccess(result -> end(parcel, result));
        }
    }

    private void end(Parcel parcel, DeliveryResult result) {
        if (!closed) {
            parcel.ended(result);
        }
    }

    DeliveryResult result(Throwable cause) {
        if (!(cause instanceof ReplyException reply)) {
            return new Refused(0, "the event bus failed: " + cause.getClass().getSimpleName());
        }
        return switch (reply.failureType()) {
            case NO_HANDLERS -> new Unreachable("nobody listens on the event bus");
            case TIMEOUT -> noReply;
            case RECIPIENT_FAILURE -> new Refused(Math.max(0, reply.failureCode()), "refused on the event bus");
            case ERROR -> new Refused(0, "the event bus failed");
        };
    }

    @Override
    public Future<Void> close() {
        closed = true;
        return Future.succeededFuture();
    }
}
