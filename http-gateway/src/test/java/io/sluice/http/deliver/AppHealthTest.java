package io.sluice.http.deliver;

import static io.sluice.http.deliver.DeliveryHarness.checked;
import static io.sluice.http.deliver.InputBinding.declared;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.core.bus.DeliveryGate;
import io.sluice.core.message.DeliveryResult;
import io.sluice.core.message.DeliveryResult.Unreachable;
import io.vertx.core.http.HttpMethod;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AppHealthTest {
    private final DeliveryHarness gateway = new DeliveryHarness();
    private final TestApp app = new TestApp(gateway.vertx);
    private volatile int health = 200;

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void nothingIsDeliveredBeforeTheFirstProbeHasSucceeded() {
        health = 500;
        listen();
        gateway.start(checked(app, 1), declared("orders"));
        gateway.awaitClosed("orders", "no health probe of the app has succeeded yet");
        assertThat(gateway.deliver("orders", "1")).isInstanceOf(Unreachable.class);
        assertThat(app.posts()).isEmpty();

        health = 204;

        gateway.awaitOpen("orders");
        assertThat(gateway.deliver("orders", "1")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
        assertThat(gateway.health.targets().get("app").ready()).isTrue();
    }

    @Test
    void deliveryStopsAfterSoManyFailuresAndGoesOnWithTheFirstSuccess() {
        listen();
        gateway.open(checked(app, 3), declared("orders"));

        health = 503;

        gateway.awaitClosed("orders", "3 probes failed in a row, the last with status 503");
        assertThat(gateway.health.targets().get("app").ready()).isFalse();
        assertThat(gateway.deliver("orders", "1"))
                .isInstanceOfSatisfying(
                        Unreachable.class, away -> assertThat(away.reason()).contains("not in a healthy state"));

        health = 200;

        gateway.awaitOpen("orders");
        assertThat(gateway.deliver("orders", "1")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
        gateway.expectComplaints("the app is not healthy");
    }

    @Test
    void fewerFailuresInARowChangeNothing() {
        var probes = new AtomicInteger();
        app.answer(request -> request.uri().equals("/healthz") && probes.incrementAndGet() % 3 != 0 ? 500 : 200)
                .listen();
        gateway.open(checked(app, 3), declared("orders"));
        int begin = probes.get();

        await().until(() -> probes.get() > begin + 9);

        assertThat(gateway.gates.stream().skip(gateway.gates.indexOf(new DeliveryGate("orders", true, ""))))
                .containsOnly(new DeliveryGate("orders", true, ""));
    }

    @Test
    void anAppThatIsAwayIsUnhealthyAndComesBack() {
        listen();
        gateway.open(checked(app, 2), declared("orders"));
        app.close();
        gateway.awaitClosed("orders", "without an answer");

        listen();

        gateway.awaitOpen("orders");
        gateway.expectComplaints("the app is not healthy");
    }

    @Test
    void anAppThatComesAndGoesIsNotToldEachTime() {
        listen();
        gateway.open(checked(app, 1), declared("orders"));

        for (int i = 0; i < 5; i++) {
            health = 500;
            gateway.awaitClosed("orders", "not in a healthy state");
            health = 200;
            gateway.awaitOpen("orders");
        }

        assertThat(gateway.complaints.take()).hasSizeBetween(1, 3);
    }

    @Test
    void aSubscriptionIsAskedForAgainWhenTheAppIsBack() {
        var status = new AtomicInteger(404);
        app.answer(request -> switch (request.method().name()) {
                    case "OPTIONS" -> status.get();
                    default -> request.uri().equals("/healthz") ? health : 200;
                })
                .listen();
        gateway.start(checked(app, 1), declared("orders").undeclared());
        gateway.awaitClosed("orders", "has not subscribed");
        status.set(200);
        health = 500;
        gateway.awaitClosed("orders", "not in a healthy state");

        health = 200;

        gateway.awaitOpen("orders");
        assertThat(app.got(HttpMethod.OPTIONS)).hasSize(2);
        gateway.expectComplaints("has not subscribed to the binding", "the app is not healthy");
    }

    @Test
    void probesAreMeasured() {
        listen();
        gateway.open(checked(app, 1), declared("orders"));

        var probes = gateway.meters
                .get("dapr_http_healthprobes_completed_count")
                .tags("app_id", "shop", "status", "200")
                .functionCounter();
        assertThat(probes.count()).isPositive();
    }

    private void listen() {
        app.answer(request -> request.uri().equals("/healthz") ? health : 200).listen();
    }
}
