package io.sluice.http.api;

import io.sluice.core.binding.BindingCatalog;
import io.sluice.core.bus.Addresses;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What input bindings are doing, asked of whoever consumes; its replies are the answers. */
final class InputEndpoints {
    private static final Logger log = LoggerFactory.getLogger(InputEndpoints.class);

    private static final int FIRST_ERROR = 400;
    private static final int LAST_ERROR = 599;
    /** What a delivery without a limit gets here: a caller is never left without an answer. */
    private static final Duration UNLIMITED_WITHIN = Duration.ofMinutes(1);

    private final EventBus bus;
    private final BindingCatalog catalog;
    private final Duration deadline;

    /** The coordinates of a record as a path has them. */
    record RecordPath(String topic, String partition, String offset) {
        private static final Pattern PARTITION = Pattern.compile("\\d{1,9}");
        private static final Pattern OFFSET = Pattern.compile("\\d{1,18}");

        boolean isValid() {
            return PARTITION.matcher(partition).matches()
                    && OFFSET.matcher(offset).matches();
        }

        JsonObject toJson() {
            return new JsonObject()
                    .put("topic", topic)
                    .put("partition", Integer.parseInt(partition))
                    .put("offset", Long.parseLong(offset));
        }

        @Override
        public String toString() {
            return topic + "/" + partition + "@" + offset;
        }
    }

    /** @param deadline the longest that an answer may take */
    InputEndpoints(EventBus bus, BindingCatalog catalog, Duration deadline) {
        this.bus = bus;
        this.catalog = catalog;
        this.deadline = deadline;
    }

    /** How far the binding's partitions are, and what holds them up. */
    void partitions(Exchange exchange, String binding) {
        serve(exchange, binding, name -> ask(Addresses.partitions(name), new JsonObject(), deadline));
    }

    /** The records that the app refused in the end. */
    void failures(Exchange exchange, String binding) {
        serve(exchange, binding, name -> ask(Addresses.failures(name), new JsonObject(), deadline));
    }

    /** Delivers one of them again. */
    void redeliver(Exchange exchange, String binding, RecordPath record) {
        // The record is read from Kafka first, and then the app has its usual time.
        act(exchange, binding, record, Addresses::redeliver, name -> deadline.plus(deliveryTimeout(name)));
    }

    /** Passes over a record that holds its partition because it cannot be read. */
    void skip(Exchange exchange, String binding, RecordPath record) {
        act(exchange, binding, record, Addresses::skip, name -> deadline);
    }

    private void act(
            Exchange exchange,
            String binding,
            RecordPath record,
            Function<String, String> address,
            Function<String, Duration> patience) {
        serve(exchange, binding, name -> {
            if (!record.isValid()) {
                return Future.succeededFuture(
                        Answer.error(404, "ERR_UNKNOWN_RECORD", "binding " + name + " has no record " + record));
            }
            return ask(address.apply(name), record.toJson(), patience.apply(name))
                    .map(answer -> answer.status() == 200 ? Answer.NO_CONTENT : answer);
        });
    }

    private void serve(Exchange exchange, String binding, Function<String, Future<Answer>> question) {
        if (catalog.input(binding).isEmpty()) {
            exchange.answer(Answer.unknownInput(binding));
        } else {
            question.apply(binding).onSuccess(exchange::answer).onFailure(defect -> {
                log.atError().addKeyValue("binding", binding).setCause(defect).log("request failed");
                exchange.answer(Answer.INTERNAL_ERROR);
            });
        }
    }

    private Duration deliveryTimeout(String binding) {
        Duration timeout =
                catalog.input(binding).map(input -> input.delivery().timeout()).orElse(Duration.ZERO);
        return timeout.isZero() ? UNLIMITED_WITHIN : timeout;
    }

    private Future<Answer> ask(String address, JsonObject question, Duration patience) {
        var options = new DeliveryOptions().setLocalOnly(true).setSendTimeout(patience.toMillis());
        return bus.<JsonObject>request(address, question, options)
                .map(reply -> Answer.json(reply.body() == null ? new JsonObject() : reply.body()))
                .recover(cause ->
                        cause instanceof ReplyException refusal ? refused(refusal) : Future.failedFuture(cause));
    }

    private static Future<Answer> refused(ReplyException refusal) {
        return switch (refusal.failureType()) {
            case NO_HANDLERS ->
                Future.succeededFuture(
                        Answer.error(503, "ERR_INPUT_NOT_RUNNING", "the binding does not consume at the moment"));
            case TIMEOUT ->
                Future.succeededFuture(Answer.error(500, "ERR_DEADLINE_EXCEEDED", "context deadline exceeded"));
            case RECIPIENT_FAILURE -> translated(refusal);
            case ERROR -> Future.failedFuture(refusal);
        };
    }

    /** A failed reply carries the status as its code, and the error's JSON as its message. */
    private static Future<Answer> translated(ReplyException refusal) {
        int status = refusal.failureCode();
        if (status < FIRST_ERROR || status > LAST_ERROR || refusal.getMessage() == null) {
            return Future.failedFuture(refusal);
        }
        try {
            var error = new JsonObject(refusal.getMessage());
            return Future.succeededFuture(
                    Answer.error(status, error.getString("errorCode"), error.getString("message")));
        } catch (DecodeException | ClassCastException unreadable) {
            return Future.failedFuture(refusal);
        }
    }
}
