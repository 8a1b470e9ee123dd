package io.sluice.kafka.consume;

import static io.sluice.kafka.consume.InputHarness.P0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.core.binding.DeliverySettings.Target;
import io.sluice.core.binding.HeaderNames;
import io.sluice.core.bus.Addresses;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EventBusDeliveryTest {
    private final BlockingQueue<Message<JsonObject>> events = new LinkedBlockingQueue<>();
    private final Inputs binding = Inputs.with();
    private InputHarness harness;
    private FakeConsumer consumer;

    @BeforeEach
    void start() throws Exception {
        binding.target = Target.EVENTBUS;
        binding.deliveryTimeout = Duration.ofMillis(300);
        harness = new InputHarness();
        InputHarness.await(harness.inputs.deploy(binding.binding()));
        consumer = harness.consumer(0);
        consumer.assign(P0);
    }

    @AfterEach
    void stop() throws Exception {
        harness.close();
    }

    @Test
    void aRecordIsARequestAndTheReplyIsTheAcknowledgement() throws Exception {
        listen();
        consumer.add(P0, 4, "k", "{\"a\":1}");
        Message<JsonObject> event = next();
        event.reply(null);

        await().until(() -> committed() == 5);

        JsonObject body = event.body();
        assertThat(body.getString("topic")).isEqualTo("t");
        assertThat(body.getInteger("partition")).isZero();
        assertThat(body.getLong("offset")).isEqualTo(4);
        assertThat(body.getString("key")).isEqualTo("k");
        assertThat(body.getJsonObject("headers")).isEmpty();
        assertThat(body.getLong("timestamp")).isNotNull();
        assertThat(body.getBinary("value")).isEqualTo("{\"a\":1}".getBytes(StandardCharsets.UTF_8));
        assertThat(body.getJsonObject("data")).isEqualTo(new JsonObject().put("a", 1));
    }

    @Test
    void headersStayBehindIfTheComponentNamesThem() throws Exception {
        listen();
        consumer.add(P0, 0, null, "1".getBytes(StandardCharsets.UTF_8), "Authorization", "a", "X-Mine", "b");
        Message<JsonObject> all = next();
        all.reply(null);
        await().until(() -> committed() == 1);
        assertThat(all.body().getJsonObject("headers").fieldNames()).containsExactly("Authorization", "X-Mine");

        InputHarness.await(harness.inputs.undeploy("orders"));
        binding.excluded = HeaderNames.of(List.of("x_mine"));
        InputHarness.await(harness.inputs.deploy(binding.binding()));
        consumer = harness.consumer(1);
        consumer.assign(P0);
        consumer.add(P0, 1, null, "1".getBytes(StandardCharsets.UTF_8), "Authorization", "a", "X-Mine", "b");
        Message<JsonObject> some = next();
        some.reply(null);

        assertThat(some.body().getJsonObject("headers").fieldNames()).containsExactly("Authorization");
        assertThat(harness.meters.get("sluice_input_excluded_headers").counter().count())
                .isEqualTo(1);
    }

    @Test
    void aValueThatIsNotJsonHasNoData() throws Exception {
        listen();
        consumer.add(P0, 0, null, "{half");

        Message<JsonObject> event = next();
        event.reply(null);

        assertThat(event.body().containsKey("data")).isFalse();
        assertThat(event.body().getString("key")).isNull();
    }

    @Test
    void recordsWaitUntilSomebodyListens() throws Exception {
        consumer.add(P0, 0, null, "a");
        InputHarness.await(harness.vertx.timer(50).mapEmpty());

        listen();
        next().reply(null);

        await().until(() -> committed() == 1);
        assertThat(skipped()).isZero();
    }

    @Test
    void aFailedRequestIsARefusal() throws Exception {
        listen();
        consumer.add(P0, 0, null, "a");

        next().fail(418, "no");

        await().until(() -> committed() == 1 && skipped() == 1);
        JsonObject failure = harness.ask(Addresses.failures("orders"), new JsonObject())
                .getJsonArray("failures")
                .getJsonObject(0);
        assertThat(failure.getInteger("status")).isEqualTo(418);
    }

    @Test
    void silenceIsARefusalAfterTheDeliveryTimeout() throws Exception {
        listen();
        consumer.add(P0, 0, null, "a");
        next();

        await().until(() -> committed() == 1 && skipped() == 1);
    }

    @Test
    void withoutALimitAHandlerHasTheTimeItNeeds() throws Exception {
        InputHarness.await(harness.inputs.undeploy("orders"));
        binding.deliveryTimeout = Duration.ZERO;
        InputHarness.await(harness.inputs.deploy(binding.binding()));
        consumer = harness.consumer(1);
        consumer.assign(P0);
        listen();
        consumer.add(P0, 0, null, "a");

        Message<JsonObject> event = next();
        InputHarness.await(harness.vertx.timer(400).mapEmpty());
        event.reply(null);

        await().until(() -> committed() == 1);
        assertThat(skipped()).isZero();
    }

    private void listen() throws Exception {
        InputHarness.await(harness.vertx
                .eventBus()
                .<JsonObject>consumer(Addresses.events("orders"), events::add)
                .completion());
    }

    private Message<JsonObject> next() throws InterruptedException {
        Message<JsonObject> event = events.poll(5, TimeUnit.SECONDS);
        assertThat(event).as("an event").isNotNull();
        return event;
    }

    private long committed() {
        var committed = harness.group.get(P0);
        return committed == null ? -1 : committed.offset();
    }

    private double skipped() {
        return harness.meters.get("sluice_input_skipped").counter().count();
    }
}
