package io.sluice.core.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.core.bus.Addresses;
import io.sluice.core.bus.BusCodecs;
import io.sluice.core.bus.InvokeReplies;
import io.sluice.core.envelope.MalformedEnvelopeException;
import io.sluice.core.message.Failure;
import io.sluice.core.message.InvokeOutcome;
import io.sluice.core.message.InvokeOutcome.Refused;
import io.sluice.core.message.InvokeOutcome.Stored;
import io.sluice.core.message.InvokeRequest;
import io.sluice.core.message.Reason;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BindingClientTest {
    private static final InvokeRequest REQUEST =
            new InvokeRequest("create", "\"cat\"".getBytes(StandardCharsets.UTF_8), Map.of("partitionKey", "k"));
    private static final Stored STORED = new Stored("orders-topic", 3, 42);

    private final Vertx vertx = Vertx.vertx();
    private final BindingClient client = new BindingClient(vertx);

    @BeforeEach
    void registerCodecs() {
        BusCodecs.register(vertx.eventBus());
    }

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    @Test
    void aStoredRecordIsToldWithItsCoordinates() throws Exception {
        serve("orders", request -> request == REQUEST ? STORED : InvokeOutcome.refused(Reason.CLOSED, "a copy"));

        assertThat(await(client.invoke("orders", REQUEST))).isEqualTo(STORED);
    }

    @Test
    void aRefusalIsAnOutcomeWithItsReason() throws Exception {
        var failure = new Failure(Reason.RECORD_TOO_LARGE, "2000 > 1024");
        serve("orders", request -> new Refused(failure));

        assertThat(await(client.invoke("orders", REQUEST))).isEqualTo(new Refused(failure));
    }

    @Test
    void aBindingThatNobodyServesIsUnknown() throws Exception {
        assertThat(await(client.invoke("orders", REQUEST))).isEqualTo(new Refused(Failure.unknownBinding("orders")));
    }

    @Test
    void noReplyInTimeIsAnExceededDeadline() throws Exception {
        vertx.eventBus().consumer(Addresses.invoke("orders"), call -> {});
        var impatient = new BindingClient(vertx, Duration.ofMillis(20));

        assertThat(await(impatient.invoke("orders", REQUEST))).isEqualTo(new Refused(Failure.deadlineExceeded()));
    }

    @Test
    void aFailureThatIsNoneOfTheGatewaysFailsTheFuture() {
        vertx.eventBus().consumer(Addresses.invoke("orders"), call -> call.fail(7, "something else"));

        assertThatThrownBy(() -> await(client.invoke("orders", REQUEST)))
                .hasCauseInstanceOf(ReplyException.class)
                .hasMessageContaining("something else");
    }

    @Test
    void aReplyThatIsNoOutcomeFailsTheFuture() {
        vertx.eventBus().consumer(Addresses.invoke("orders"), call -> call.reply("thanks"));

        assertThatThrownBy(() -> await(client.invoke("orders", REQUEST))).hasCauseInstanceOf(ClassCastException.class);
    }

    @Test
    void aJsonCallIsAnsweredWithAnEmptyObject() throws Exception {
        serve(
                "orders",
                request -> request.metadata().containsKey("k") ? STORED : InvokeOutcome.refused(Reason.CLOSED, ""));
        var body = new JsonObject().put("operation", "create").put("metadata", new JsonObject().put("k", "v"));

        var reply = await(vertx.eventBus().<JsonObject>request(Addresses.invoke("orders"), body));

        assertThat(reply.body()).isEqualTo(new JsonObject());
    }

    @Test
    void aRefusedJsonCallFailsWithStatusAndError() {
        serve("orders", request -> InvokeOutcome.refused(Reason.OVERLOADED, "full"));

        assertThatThrownBy(() -> await(vertx.eventBus().request(Addresses.invoke("orders"), new JsonObject())))
                .cause()
                .isInstanceOfSatisfying(ReplyException.class, reply -> {
                    assertThat(reply.failureCode()).isEqualTo(503);
                    assertThat(reply.getMessage()).contains("\"errorCode\":\"ERR_OVERLOADED\"");
                });
    }

    private void serve(String binding, Function<InvokeRequest, InvokeOutcome> handler) {
        vertx.eventBus()
                .consumer(
                        Addresses.invoke(binding), call -> InvokeReplies.answer(call, binding, outcome(call, handler)));
    }

    private static InvokeOutcome outcome(Message<Object> call, Function<InvokeRequest, InvokeOutcome> handler) {
        try {
            return handler.apply(InvokeReplies.request(call.body()));
        } catch (MalformedEnvelopeException e) {
            return InvokeOutcome.refused(Reason.MALFORMED_REQUEST, e.detail());
        }
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
