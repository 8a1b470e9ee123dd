package io.sluice.it.grpc;

import io.dapr.client.DaprClient;
import io.dapr.client.DaprClientBuilder;
import io.dapr.config.Properties;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.auth.access.Access;
import io.sluice.auth.access.AccessSettings;
import io.sluice.auth.access.ClientCertificates;
import io.sluice.auth.access.Grants;
import io.sluice.core.binding.BindingCatalog;
import io.sluice.core.binding.Direction;
import io.sluice.core.binding.KafkaBinding;
import io.sluice.core.binding.Secret;
import io.sluice.core.bus.Addresses;
import io.sluice.core.bus.BusCodecs;
import io.sluice.core.bus.InvokeBatch;
import io.sluice.core.bus.OutcomeBatch;
import io.sluice.core.health.Health;
import io.sluice.core.health.Startup;
import io.sluice.core.message.InvokeOutcome;
import io.sluice.core.message.InvokeRequest;
import io.sluice.http.api.ApiServices;
import io.sluice.http.api.GatewayInfo;
import io.sluice.http.api.HttpApi;
import io.sluice.http.api.HttpApiSettings;
import io.sluice.http.grpc.GrpcApi;
import io.sluice.http.grpc.GrpcApiSettings;
import io.sluice.http.listen.AllowedOrigins;
import io.sluice.http.listen.Door;
import io.sluice.http.listen.ListenAddress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Both APIs of a gateway with the output binding {@code orders}, whose records end in a queue. */
final class Sidecar {
    static final String TOKEN = "s3cret";
    static final int LIMIT = 1 << 20;

    private static final ListenAddress LOOPBACK = ListenAddress.tcp(List.of("127.0.0.1"), 0);
    private static final int HEAD = 16 << 10;
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<InvokeRequest> records = new LinkedBlockingQueue<>();
    private final List<DaprClient> clients = new CopyOnWriteArrayList<>();
    private final CountDownLatch shutdown = new CountDownLatch(1);
    private final HttpApi http;
    private final GrpcApi grpc;
    private volatile InvokeOutcome outcome = new InvokeOutcome.Stored("orders", 0, 1);

    Sidecar() {
        BusCodecs.register(vertx.eventBus());
        vertx.eventBus().localConsumer(Addresses.invoke("orders"), this::store);
        var catalog = new BindingCatalog();
        catalog.replace(List.of(orders()));
        var info = new GatewayInfo("shop", null, "1.2.3", null);
        var health = new Health();
        health.startup().reached(Startup.Stage.STARTED);
        var services = new ApiServices(catalog, health, new SimpleMeterRegistry(), info, force -> shutdown.countDown());
        var access = new AccessSettings(new Secret(TOKEN), ClientCertificates.NONE, null, Grants.EVERYTHING);
        var door = new Door(Access.start(vertx, access, services.health()), null);
        var httpSettings =
                new HttpApiSettings(LOOPBACK, null, LIMIT, HEAD, door, AllowedOrigins.NONE, DEADLINE, 1, false);
        http = get(HttpApi.start(vertx, httpSettings, services));
        var grpcSettings = new GrpcApiSettings(LOOPBACK, LIMIT, HEAD, door, DEADLINE, 2, false);
        grpc = get(GrpcApi.start(vertx, grpcSettings, services));
    }

    DaprClient client() {
        return client(TOKEN);
    }

    /** A client that lives as long as the sidecar. */
    DaprClient client(String token) {
        var client = new DaprClientBuilder()
                .withPropertyOverride(Properties.HTTP_PORT, String.valueOf(http.port()))
                .withPropertyOverride(Properties.GRPC_PORT, String.valueOf(grpc.port()))
                .withPropertyOverride(Properties.API_TOKEN, token)
                .build();
        clients.add(client);
        return client;
    }

    /** Every call is answered so from now on. */
    void answer(InvokeOutcome answer) {
        outcome = answer;
    }

    /** The next record that was sent to {@code orders}. */
    InvokeRequest nextRecord() throws InterruptedException {
        var record = records.poll(10, TimeUnit.SECONDS);
        if (record == null) {
            throw new AssertionError("no record came");
        }
        return record;
    }

    boolean wasShutDown() throws InterruptedException {
        return shutdown.await(10, TimeUnit.SECONDS);
    }

    void stop() throws Exception {
        for (var client : clients) {
            client.close();
        }
        get(vertx.close());
    }

    private void store(Message<InvokeBatch> message) {
        var batch = message.body();
        for (int i = 0; i < batch.size(); i++) {
            records.add(batch.request(i));
            var outcomes = new OutcomeBatch(new long[] {batch.id(i)}, new InvokeOutcome[] {outcome});
            vertx.eventBus().send(batch.replyTo(), outcomes, new DeliveryOptions().setLocalOnly(true));
        }
    }

    private static KafkaBinding orders() {
        return new KafkaBinding(
                "orders",
                "v1",
                Set.of(Direction.OUTPUT),
                List.of(),
                "orders",
                "orders",
                DEADLINE,
                false,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static <T> T get(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
