package io.sluice.kafka.consume;

import static io.sluice.kafka.consume.InputHarness.P0;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.binding.DeliverySettings.Target;
import io.sluice.core.binding.SchemaSettings;
import io.sluice.core.binding.SchemaSettings.ValueSchemaType;
import io.sluice.core.bus.Addresses;
import io.sluice.kafka.consume.courier.Couriers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On which event loop records are handled. */
@Timeout(30)
class HomeTest {
    private InputHarness harness;
    private final Set<Thread> senders = ConcurrentHashMap.newKeySet();
    private final App app = new App();

    /** Stands for the verticle that talks to the app. */
    private static final class App extends VerticleBase {
        private Thread thread;

        @Override
        public Future<?> start() {
            thread = Thread.currentThread();
            return Future.succeededFuture();
        }

        Context home() {
            return context;
        }
    }

    @BeforeEach
    void start() throws Exception {
        harness = new InputHarness();
        harness.vertx.eventBus().addOutboundInterceptor(sending -> {
            if (sending.message().address().equals(Addresses.deliver("orders"))) {
                senders.add(Thread.currentThread());
            }
            sending.next();
        });
        InputHarness.await(harness.vertx.deployVerticle(app));
    }

    @AfterEach
    void stop() throws Exception {
        harness.close();
    }

    @Test
    void recordsForTheAppAreSentFromWhereTheAppIsReached() throws Exception {
        harness.inputs.appIsReachedFrom(app.home());

        // Vert.x gives each deployment the next event loop.
        for (int i = 0; i < 4; i++) {
            deliverOne(i);
        }

        assertThat(senders).containsExactly(app.thread);
    }

    @Test
    void withoutOneEachConsumerHasTheLoopThatItGets() throws Exception {
        for (int i = 0; i < 4; i++) {
            deliverOne(i);
        }

        assertThat(senders).hasSizeGreaterThan(1);
    }

    private void deliverOne(int round) throws Exception {
        InputHarness.await(harness.inputs.deploy(Inputs.with().binding()));
        harness.gate(true);
        FakeConsumer consumer = harness.consumer(round);
        consumer.assign(P0);
        consumer.add(P0, round, null, "a");
        harness.nextCall().acknowledge();
        InputHarness.await(harness.inputs.undeploy("orders"));
    }

    @Test
    void whoeverDecodesStaysAtHome() {
        var couriers = new Couriers(harness.vertx, true);
        couriers.appIsReachedFrom(app.home());
        Context own = harness.vertx.getOrCreateContext();
        var decoding = Inputs.with();
        decoding.schema = new SchemaSettings(null, true, Duration.ofMinutes(5), false, ValueSchemaType.AVRO);
        var toBus = Inputs.with();
        toBus.target = Target.EVENTBUS;

        assertThat(couriers.home(Inputs.with().binding(), own)).isSameAs(app.home());
        assertThat(couriers.home(decoding.binding(), own)).isSameAs(own);
        assertThat(couriers.home(toBus.binding(), own)).isSameAs(own);
    }
}
