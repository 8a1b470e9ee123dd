package io.sluice.http.deliver;

import static io.sluice.http.deliver.DeliveryHarness.record;
import static io.sluice.http.deliver.InputBinding.declared;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.core.bus.Addresses;
import io.sluice.core.bus.BusCodecs;
import io.sluice.core.bus.DeliveryBatch;
import io.sluice.core.bus.SettlementBatch;
import io.sluice.core.health.Health;
import io.sluice.core.message.Delivery;
import io.sluice.core.message.DeliveryResult.Postponed;
import io.sluice.http.Complaints;
import io.sluice.http.Waiting;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What fails between a connection and the request on it, such as memory for its bytes: no record may wait for an answer. */
class UnsentRequestTest {
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final AppMetrics metrics = new AppMetrics(new SimpleMeterRegistry(), "shop", null, MeterWords.HTTP);

    @AfterEach
    void close() {
        Waiting.get(vertx.close());
    }

    @Test
    void aRequestOverHttpFails() {
        var exchange = new FullMemory();
        var binding = declared("orders").timeout(Duration.ZERO).toBinding();
        var patience = new HttpAppChannel.Patience(Duration.ofMinutes(1), Duration.ofMinutes(1));
        var channel = new HttpAppChannel(
                vertx,
                new Connecting(exchange),
                new DeliveryHead(binding, null, () -> {}),
                binding,
                patience,
                metrics.of("/orders"));

        var failure = failure(channel.call(record("1"), () -> true));

        assertThat(failure).isInstanceOf(OutOfMemoryError.class);
        assertThat(exchange.abandoned).isTrue();
    }

    @Test
    void aCallOverGrpcFails() {
        var app = new TestGrpcApp(vertx).listen();
        var connection = new GrpcConnection(vertx, app.settings(), Duration.ofSeconds(5), places -> {});
        var limit = new AttemptLimit<GrpcAttempt>(vertx, Duration.ofMinutes(1), GrpcAttempt::expire);
        var sending = new GrpcAttempt.Sending(
                connection,
                GrpcAppChannel.PATH,
                Duration.ZERO,
                answer -> AppAnswer.acknowledged(null),
                limit,
                metrics.of(GrpcAppChannel.PATH));
        Promise<AppAnswer> answer = Promise.promise();

        context.runOnContext(begin -> new GrpcAttempt(sending, Map.of("traceparent", "a\nb"), new byte[0], () -> true)
                .start()
                .onComplete(answer));

        assertThat(failure(answer.future())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anErrorMakesTheRecordWaitAndLeavesItsPlace() {
        try (var complaints = Complaints.listen()) {
            BusCodecs.register(vertx.eventBus());
            var settled = new CopyOnWriteArrayList<SettlementBatch>();
            vertx.eventBus().<SettlementBatch>localConsumer("me", message -> settled.add(message.body()));
            var limiter = new CallLimiter(1);
            context.runOnContext(begin -> open(limiter));

            for (int id = 1; id <= 2; id++) {
                int number = id;
                var batch = new DeliveryBatch("me", new long[] {id}, new Delivery[] {record("1")});
                context.runOnContext(begin -> vertx.eventBus()
                        .send(Addresses.deliver("orders"), batch, new DeliveryOptions().setLocalOnly(true)));
                await().until(() -> settled.size() == number);
            }

            assertThat(settled).allSatisfy(batch -> assertThat(batch.result(0))
                    .isEqualTo(new Postponed("internal error, see the gateway's log")));
            assertThat(limiter.inside()).isZero();
            assertThat(complaints.take()).hasSize(1);
        }
    }

    private void open(CallLimiter limiter) {
        var gates = new Gates(vertx.eventBus());
        gates.open("orders");
        var binding = declared("orders").toBinding();
        var shared = new BindingDelivery.Shared(
                vertx.eventBus(),
                limiter,
                new Suspects(vertx, 1_000, new Occasionally()),
                new SettlementMail(vertx.eventBus(), context, limiter),
                gates);
        var probe = new SubscriptionProbe(vertx, binding, null, gates, new Health().startup(), System::nanoTime);
        BindingDelivery.open(
                binding,
                (delivery, wanted) -> {
                    throw new StackOverflowError("on purpose");
                },
                probe,
                null,
                shared);
    }

    private static Throwable failure(Future<AppAnswer> answer) {
        return Waiting.get(answer.map(given -> (Throwable) null).recover(Future::succeededFuture));
    }

    private static final class FullMemory implements Exchange {
        private volatile boolean abandoned;

        @Override
        public boolean isOnKeptConnection() {
            return false;
        }

        @Override
        public void send(WireHeaders headers, byte[] body, Answer answer) {
            throw new OutOfMemoryError("on purpose");
        }

        @Override
        public void abandon() {
            abandoned = true;
        }
    }

    /** Opens the exchange a moment later, as the connections do that have to connect. */
    private final class Connecting implements AppConnections {
        private final Exchange exchange;

        Connecting(Exchange exchange) {
            this.exchange = exchange;
        }

        @Override
        public void open(HttpMethod method, String path, Opening opening) {
            context.runOnContext(connected -> opening.opened(exchange));
        }

        @Override
        public boolean areShared() {
            return false;
        }

        @Override
        public ProtocolHint hint() {
            return new ProtocolHint(DeliveryHarness.protocol(new TestApp(vertx), "http"));
        }

        @Override
        public boolean isClosed() {
            return false;
        }

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }
    }
}
