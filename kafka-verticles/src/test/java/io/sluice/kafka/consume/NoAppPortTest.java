package io.sluice.kafka.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.core.binding.DeliverySettings.Target;
import io.sluice.core.bus.Addresses;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Component files that are shared with programs that have an app. */
@Timeout(30)
class NoAppPortTest {
    private InputHarness harness;
    private final Inputs binding = Inputs.with();

    @BeforeEach
    void start() throws Exception {
        harness = new InputHarness(false);
    }

    @AfterEach
    void stop() throws Exception {
        harness.close();
    }

    @Test
    void aBindingForTheAppDoesNotJoinItsGroupAndSaysWhy() throws Exception {
        InputHarness.await(harness.inputs.deploy(binding.binding()));
        InputHarness.await(harness.vertx.timer(50).mapEmpty());

        assertThat(harness.consumers).isEmpty();
        JsonObject shown = harness.ask(Addresses.partitions("orders"), new JsonObject());
        assertThat(shown.getJsonArray("notDelivering"))
                .singleElement()
                .asString()
                .contains("no port", "--app-port", "delivery: eventbus", "direction: output", "scopes");
    }

    @Test
    void aBindingForTheEventBusConsumes() throws Exception {
        binding.target = Target.EVENTBUS;

        InputHarness.await(harness.inputs.deploy(binding.binding()));

        assertThat(notDelivering()).singleElement().asString().contains("no partition of t is assigned yet");
        harness.consumer(0).assign(InputHarness.P0);
        await().until(() -> notDelivering().isEmpty());
    }

    private JsonArray notDelivering() throws Exception {
        return harness.ask(Addresses.partitions("orders"), new JsonObject()).getJsonArray("notDelivering");
    }
}
