package io.sluice.http.deliver;

import static io.sluice.http.deliver.DeliveryHarness.settings;
import static io.sluice.http.deliver.InputBinding.declared;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.core.bus.Addresses;
import io.sluice.core.bus.InvokeReplies;
import io.sluice.core.message.DeliveryResult;
import io.sluice.core.message.InvokeOutcome;
import io.sluice.core.message.InvokeRequest;
import io.sluice.core.message.Reason;
import io.sluice.http.Waiting;
import io.vertx.core.eventbus.Message;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FanOutTest {
    private final DeliveryHarness gateway = new DeliveryHarness();
    private final TestApp app = new TestApp(gateway.vertx);
    private final List<String> created = new CopyOnWriteArrayList<>();
    private final List<Message<InvokeRequest>> held = new CopyOnWriteArrayList<>();
    private int status = 200;

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void theDataIsCreatedOnEachBindingInTurnBeforeTheRecordCounts() {
        answer("{\"to\": [\"a\", \"b\"], \"data\": {\"n\": 1.00, \"big\": 12345678901234567890123}}");
        hold("a");
        serve("b");
        gateway.open(settings(app), declared("orders").fanningOut());

        var result = gateway.send("orders", DeliveryHarness.record("1")).get(0);

        await().untilAsserted(() -> assertThat(held).hasSize(1));
        assertThat(created).isEmpty();
        assertThat(result.future().isComplete()).isFalse();
        InvokeReplies.answer(held.get(0), "a", new InvokeOutcome.Stored("t", 0, 0));
        assertThat(Waiting.get(result.future())).isEqualTo(DeliveryResult.ACKNOWLEDGED);
        assertThat(created).containsExactly("b create {\"n\": 1.00, \"big\": 12345678901234567890123} {}");
    }

    @Test
    void inParallelNobodyWaits() {
        answer("{\"to\": [\"a\", \"b\"], \"concurrency\": \"PARALLEL\", \"data\": null}");
        hold("a");
        serve("b");
        gateway.open(settings(app), declared("orders").fanningOut());

        assertThat(gateway.deliver("orders", "1")).isEqualTo(DeliveryResult.ACKNOWLEDGED);

        await().untilAsserted(() -> assertThat(created).containsExactly("b create null {}"));
    }

    @Test
    void theFirstFailureEndsASequenceAndTheRecordStaysAcknowledged() {
        answer("{\"to\": [\"a\", \"missing\", \"b\"], \"data\": \"x\"}");
        serve("a");
        serve("b");
        gateway.open(settings(app), declared("orders").fanningOut());

        assertThat(gateway.deliver("orders", "1")).isEqualTo(DeliveryResult.ACKNOWLEDGED);

        assertThat(created).containsExactly("a create \"x\" {}");
        assertThat(gateway.complaints.take()).hasSize(1);
    }

    @Test
    void inParallelAFailureStopsNobodyElse() {
        answer("{\"to\": [\"refusing\", \"b\"], \"data\": \"x\", \"concurrency\": \"parallel\"}");
        gateway.vertx
                .eventBus()
                .<InvokeRequest>localConsumer(
                        Addresses.invoke("refusing"),
                        call -> InvokeReplies.answer(
                                call, "refusing", InvokeOutcome.refused(Reason.KAFKA_REFUSED, "no")));
        serve("b");
        gateway.open(settings(app), declared("orders").fanningOut());

        assertThat(gateway.deliver("orders", "1")).isEqualTo(DeliveryResult.ACKNOWLEDGED);

        await().untilAsserted(() -> assertThat(created).hasSize(1));
        await().untilAsserted(() -> assertThat(gateway.complaints.take()).hasSize(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "thanks",
                "[1]",
                "{\"to\":[\"a\"]}",
                "{\"data\":1}",
                "{\"to\":\"a\",\"data\":1}",
                "{\"to\":[],\"data\":1}",
                "{\"to\":[1],\"data\":1}",
                "{\"to\":[\"a\"],\"data\":1"
            })
    void otherAnswersAreIgnored(String body) {
        answer(body);
        serve("a");
        gateway.open(settings(app), declared("orders").fanningOut());

        assertThat(gateway.deliver("orders", "1")).isEqualTo(DeliveryResult.ACKNOWLEDGED);

        assertThat(created).isEmpty();
    }

    @Test
    void withoutTheFieldAnswersAreIgnored() {
        answer("{\"to\":[\"a\"],\"data\":1}");
        serve("a");
        gateway.open(settings(app), declared("orders"));

        gateway.deliver("orders", "1");

        assertThat(created).isEmpty();
    }

    @Test
    void aRefusalIsNotFollowed() {
        answer("{\"to\":[\"a\"],\"data\":1}");
        status = 500;
        serve("a");
        gateway.open(settings(app), declared("orders").fanningOut());

        assertThat(gateway.deliver("orders", "1")).isInstanceOf(DeliveryResult.Refused.class);

        assertThat(created).isEmpty();
    }

    @Test
    void anAnswerThatIsTooLongIsToldOfAndNotFollowed() {
        answer("{\"to\":[\"a\"],\"data\":\"" + "x".repeat(Attempt.KEPT_BYTES) + "\"}");
        serve("a");
        gateway.open(settings(app), declared("orders").fanningOut());

        assertThat(gateway.deliver("orders", "1")).isEqualTo(DeliveryResult.ACKNOWLEDGED);

        assertThat(created).isEmpty();
        assertThat(gateway.complaints.take()).hasSize(1);
    }

    private void answer(String body) {
        app.handle(request -> request.response().setStatusCode(status).end(body))
                .listen();
    }

    private void serve(String binding) {
        gateway.vertx.eventBus().<InvokeRequest>localConsumer(Addresses.invoke(binding), call -> {
            var request = call.body();
            var value = request.value() == null ? null : new String(request.value(), StandardCharsets.UTF_8);
            created.add(binding + " " + request.operation() + " " + value + " " + request.metadata());
            InvokeReplies.answer(call, binding, new InvokeOutcome.Stored("t", 0, 0));
        });
    }

    private void hold(String binding) {
        gateway.vertx.eventBus().<InvokeRequest>localConsumer(Addresses.invoke(binding), held::add);
    }
}
