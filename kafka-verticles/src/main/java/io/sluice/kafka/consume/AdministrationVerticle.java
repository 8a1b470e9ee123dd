package io.sluice.kafka.consume;

import io.sluice.core.bus.Addresses;
import io.sluice.core.message.Delivery.Coordinates;
import io.sluice.kafka.consume.courier.Courier;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers what the API asks about one input binding. */
final class AdministrationVerticle extends VerticleBase {
    private final InputBinding binding;
    private final Input input;
    private final List<MessageConsumer<JsonObject>> served = new ArrayList<>();
    private @Nullable Courier courier;
    private @Nullable Redelivery redelivery;

    AdministrationVerticle(InputBinding binding) {
        this.binding = binding;
        this.input = binding.input();
    }

    @Override
    public Future<?> start() {
        Courier own = input.courier();
        courier = own;
        var serving = new Redelivery(context, binding, own);
        redelivery = serving;
        String name = input.name();
        return own.open()
                .compose(v -> serve(Addresses.partitions(name), question -> partitions()))
                .compose(v -> serve(Addresses.failures(name), question -> failures()))
                .compose(v -> serve(Addresses.redeliver(name), question -> redeliver(serving, question)))
                .compose(v -> serve(Addresses.skip(name), this::skip));
    }

    private Future<Void> serve(String address, Function<JsonObject, Future<JsonObject>> answer) {
        MessageConsumer<JsonObject> consumer =
                vertx.eventBus().localConsumer(address, message -> answer(message, answer));
        served.add(consumer);
        return consumer.completion();
    }

    private static void answer(Message<JsonObject> message, Function<JsonObject, Future<JsonObject>> answer) {
        JsonObject question = message.body() == null ? new JsonObject() : message.body();
        // Composed, so that a question that makes no sense fails like any other.
        Future.succeededFuture(question)
                .compose(answer)
                .onSuccess(message::reply)
                .onFailure(cause -> message.reply(
                        cause instanceof ReplyException failure ? failure : AdministrationJson.unavailable(cause)));
    }

    private Future<JsonObject> partitions() {
        return binding.statuses().map(statuses -> AdministrationJson.partitions(input, statuses));
    }

    private Future<JsonObject> failures() {
        return Future.succeededFuture(
                AdministrationJson.failures(input.name(), input.ledger().newestFirst()));
    }

    private static Future<JsonObject> redeliver(Redelivery redelivery, JsonObject question) {
        return redelivery.redeliver(coordinates(question)).map(v -> new JsonObject());
    }

    private Future<JsonObject> skip(JsonObject question) {
        Coordinates at = coordinates(question);
        return binding.skipUnreadable(at)
                .compose(begun -> begun ? Future.succeededFuture(true) : skipStanding(at))
                .compose(skipped -> skipped
                        ? Future.succeededFuture(new JsonObject())
                        : Future.failedFuture(AdministrationJson.notHeldAt(at)));
    }

    private Future<Boolean> skipStanding(Coordinates at) {
        return binding.settleStanding(at).onSuccess(skipped -> {
            if (skipped) {
                input.metrics().skipped();
                input.ledger().skipped(at, input.clock().getAsLong());
            }
        });
    }

    private static Coordinates coordinates(JsonObject question) {
        return new Coordinates(
                question.getString("topic", ""), question.getInteger("partition", -1), question.getLong("offset", -1L));
    }

    @Override
    public Future<?> stop() {
        return Future.join(served.stream().map(MessageConsumer::unregister).toList())
                .eventually(() -> redelivery == null ? Future.succeededFuture() : redelivery.close())
                .eventually(() -> courier == null ? Future.succeededFuture() : courier.close());
    }
}
