package io.sluice.http.deliver;

import static io.sluice.http.deliver.DeliveryHarness.settings;
import static io.sluice.http.deliver.InputBinding.declared;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.core.binding.DeliverySettings.Target;
import io.sluice.core.binding.KafkaBinding;
import io.sluice.core.bus.DeliveryGate;
import io.sluice.core.health.Startup;
import io.sluice.core.message.DeliveryResult;
import io.sluice.core.message.DeliveryResult.Unreachable;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriptionTest {
    private final DeliveryHarness gateway = new DeliveryHarness();
    private final TestApp app = new TestApp(gateway.vertx);

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void aBindingThatDeclaresInputIsNotAskedAbout() {
        app.listen();
        gateway.open(settings(app), declared("orders"));

        gateway.deliver("orders", "1");

        assertThat(app.got(HttpMethod.OPTIONS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 405})
    void theAppSubscribesByItsAnswerToOptions(int status) {
        app.answer(request -> request.method().equals(HttpMethod.OPTIONS) ? status : 200)
                .listen();
        gateway.open(
                DeliveryHarness.token(app, "s3cret"),
                declared("orders").undeclared().route("in/box"));

        assertThat(gateway.deliver("orders", "1")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
        var asked = app.got(HttpMethod.OPTIONS);
        assertThat(asked).hasSize(1);
        assertThat(asked.get(0).uri()).isEqualTo("/in/box");
        assertThat(asked.get(0).header("content-type")).isEqualTo("application/json");
        assertThat(asked.get(0).header("dapr-api-token")).isEqualTo("s3cret");
    }

    @Test
    void notFoundIsNotSubscribed() {
        app.answer(404).listen();
        gateway.start(settings(app), declared("orders").undeclared());

        gateway.awaitClosed("orders", "has not subscribed");

        assertThat(gateway.deliver("orders", "1"))
                .isInstanceOfSatisfying(
                        Unreachable.class, away -> assertThat(away.reason()).contains("has not subscribed"));
        assertThat(app.got(HttpMethod.OPTIONS)).hasSize(1);
        gateway.expectComplaints("has not subscribed to the binding");
    }

    @Test
    void anAppThatStaysUnsubscribedIsToldOnce() {
        app.answer(404).listen();
        var connections = AppConnections.open(gateway.vertx, settings(app), 1, places -> {});
        var questions = new HttpQuestions(new AppProbe(gateway.vertx, connections, null), Duration.ofSeconds(3));
        var probe = new SubscriptionProbe(
                gateway.vertx,
                declared("orders").undeclared().toBinding(),
                questions,
                new Gates(gateway.vertx.eventBus()),
                new Startup(),
                System::nanoTime);

        gateway.vertx.runOnContext(start -> probe.appIsHealthy());
        gateway.awaitClosed("orders", "has not subscribed");
        gateway.vertx.runOnContext(again -> probe.appIsHealthy());
        await().until(() -> gateway.gates.stream()
                        .filter(gate -> gate.reason().contains("has not subscribed"))
                        .count()
                == 2);

        gateway.vertx.runOnContext(end -> probe.stop());
        gateway.expectComplaints("has not subscribed to the binding");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 401, 500, 503})
    void anythingElseIsAskedAgain(int status) {
        var asked = new AtomicInteger();
        app.answer(request ->
                        request.method().equals(HttpMethod.OPTIONS) && asked.incrementAndGet() <= 2 ? status : 200)
                .listen();
        gateway.start(settings(app), declared("orders").undeclared());

        gateway.awaitOpen("orders");

        assertThat(app.got(HttpMethod.OPTIONS)).hasSizeGreaterThanOrEqualTo(3);
        assertThat(gateway.gates).anyMatch(gate -> gate.reason().contains("status " + status));
        assertThat(gateway.complaints.take()).as("one warning").hasSize(1);
    }

    @Test
    void anAppThatStaysUnclearIsToldOfAtOnceAndThenEachMinute() {
        app.answer(500).listen();
        var seconds = new AtomicInteger();
        var connections = AppConnections.open(gateway.vertx, settings(app), 1, places -> {});
        var questions = new HttpQuestions(new AppProbe(gateway.vertx, connections, null), Duration.ofSeconds(3));
        var probe = new SubscriptionProbe(
                gateway.vertx,
                declared("orders").undeclared().toBinding(),
                questions,
                new Gates(gateway.vertx.eventBus()),
                new Startup(),
                () -> TimeUnit.SECONDS.toNanos(seconds.get()));

        gateway.vertx.runOnContext(start -> probe.appIsHealthy());
        await().until(() -> app.got().size() == 2);
        assertThat(gateway.complaints.take()).hasSize(1);

        seconds.set(59);
        await().until(() -> app.got().size() == 3);
        assertThat(gateway.complaints.take()).isEmpty();

        seconds.set(60);
        await().until(() -> app.got().size() == 4);
        await().untilAsserted(() -> assertThat(gateway.complaints.take()).hasSize(1));
        gateway.vertx.runOnContext(end -> probe.stop());
    }

    @Test
    void anErrorOfOurOwnWhileAskingEndsNothing() {
        var asked = new AtomicInteger();
        var questions = new AppQuestions() {
            @Override
            public Future<Subscription> subscription(KafkaBinding binding) {
                if (asked.getAndIncrement() == 0) {
                    throw new NoClassDefFoundError("gone");
                }
                return Future.succeededFuture(Subscription.WANTED);
            }

            @Override
            public String remedy(KafkaBinding binding) {
                return "none";
            }

            @Override
            public Future<Pulse> pulse(AppChannelSettings.HealthCheck check) {
                return Future.failedFuture("not asked");
            }
        };
        var probe = new SubscriptionProbe(
                gateway.vertx,
                declared("orders").undeclared().toBinding(),
                questions,
                new Gates(gateway.vertx.eventBus()),
                new Startup(),
                System::nanoTime);

        gateway.vertx.runOnContext(start -> probe.appIsHealthy());

        gateway.awaitOpen("orders");
        assertThat(gateway.complaints.take()).hasSize(1);
    }

    @Test
    void theRemedyNamesWhatIsAsked() {
        var questions = new HttpQuestions(null, null);

        assertThat(questions.remedy(declared("orders").route("in box").toBinding()))
                .contains("OPTIONS /in%20box", "direction: input");
    }

    @Test
    void noAnswerInTimeIsAskedAgain() {
        var asked = new AtomicInteger();
        app.answer(request -> request.method().equals(HttpMethod.OPTIONS) && asked.incrementAndGet() == 1 ? 0 : 200)
                .listen();
        gateway.start(
                DeliveryHarness.probeTimeout(app, Duration.ofMillis(150)),
                declared("orders").undeclared());

        gateway.awaitOpen("orders");

        gateway.complaints.take();
    }

    @Test
    void oneBindingInTroubleDoesNotHoldUpOthers() {
        app.answer(request -> request.uri().equals("/bad") ? 0 : 200).listen();
        gateway.start(
                settings(app), declared("bad").undeclared(), declared("good").undeclared());

        gateway.awaitOpen("good");

        assertThat(gateway.gate("bad").open()).isFalse();
    }

    @Test
    void theAppIsAskedOnceItListens() {
        gateway.start(settings(app), declared("orders").undeclared(), declared("told"));
        gateway.awaitClosed("orders", "does not listen on 127.0.0.1:" + app.port());
        gateway.awaitClosed("told", "does not listen");
        assertThat(gateway.health.targets().get("app").ready()).isFalse();
        assertThat(gateway.health.targets().get("app").outbound()).isFalse();

        app.listen();

        gateway.awaitOpen("orders");
        gateway.awaitOpen("told");
        assertThat(gateway.health.targets().get("app").ready()).isTrue();
        await().untilAsserted(() -> assertThat(app.got(HttpMethod.GET)).hasSize(1));
        assertThat(app.got(HttpMethod.GET).get(0).uri()).isEqualTo("/dapr/config");
    }

    @Test
    void whoeverAsksForAGateGetsThatOneAndNoOther() {
        app.listen();
        gateway.open(settings(app), declared("a"), declared("b"));
        gateway.gates.clear();

        gateway.ask("a");
        gateway.ask("nowhere");
        gateway.ask("b");

        await().untilAsserted(() -> assertThat(gateway.gates)
                .containsExactly(new DeliveryGate("a", true, ""), new DeliveryGate("b", true, "")));
    }

    @Test
    void aChangeMakesTheCatalogCountAsItIsNow() {
        app.listen();
        gateway.open(settings(app), declared("old"), declared("changed"));
        gateway.load(declared("changed").route("other"), declared("new"));

        gateway.lookAtTheCatalog();

        gateway.awaitOpen("new");
        gateway.awaitClosed("old", "not served");
        gateway.awaitOpen("changed");
        gateway.deliver("changed", "1");
        gateway.deliver("new", "2");
        assertThat(app.posts()).extracting(TestApp.Got::uri).containsExactly("/other", "/new");
    }

    @Test
    void recordsForTheEventBusAreNotServed() {
        app.listen();
        gateway.open(settings(app), declared("app").target(Target.APP));
        gateway.load(declared("app").target(Target.APP), declared("bus").target(Target.EVENTBUS));

        gateway.lookAtTheCatalog();
        gateway.awaitOpen("app");

        assertThat(gateway.gate("bus")).isNull();
    }
}
