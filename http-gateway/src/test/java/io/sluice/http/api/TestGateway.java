package io.sluice.http.api;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.core.binding.BindingCatalog;
import io.sluice.core.binding.KafkaBinding;
import io.sluice.core.budget.ByteBudget;
import io.sluice.core.budget.HeapBudget;
import io.sluice.core.bus.BusCodecs;
import io.sluice.core.health.Health;
import io.sluice.core.health.Startup;
import io.sluice.http.Complaints;
import io.sluice.http.FakeProducer;
import io.sluice.http.TestBindings;
import io.sluice.http.TestDoor;
import io.sluice.http.Waiting;
import io.sluice.http.listen.AllowedOrigins;
import io.sluice.http.listen.ConnectionLimit;
import io.sluice.http.listen.GuardedTransport;
import io.sluice.http.listen.ListenAddress;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** The HTTP API on real sockets with a fake producer behind; complains when something was logged that should not be. */
final class TestGateway implements AutoCloseable {
    static final String ORDERS = "/v1.0/bindings/orders";
    static final String RAW = "/v1.0-sluice/bindings/orders/raw";
    static final String CREATE = "{\"operation\":\"create\",\"data\":1}";

    final Vertx vertx = Vertx.builder()
            .withTransport(GuardedTransport.of(new ConnectionLimit(1000)))
            .build();
    final Complaints complaints = Complaints.listen();
    final Health health = new Health();
    final MeterRegistry meters = new SimpleMeterRegistry();
    final BindingCatalog catalog = new BindingCatalog();
    /** The memory for calls. */
    ByteBudget calls;

    final BlockingQueue<Boolean> shutdowns = new LinkedBlockingQueue<>();
    final FakeProducer producer = new FakeProducer(vertx);
    final HttpClient client;
    final HttpApi api;

    /** What few tests want different. */
    record Front(List<String> origins, int maxHeadSize, boolean hasPublicPort, boolean logsCalls, Path socket) {
        static final Front USUAL = new Front(List.of(), 16 << 10, false, false, null);

        Front origins(String... allowed) {
            return new Front(List.of(allowed), maxHeadSize, hasPublicPort, logsCalls, socket);
        }

        Front maxHeadSize(int bytes) {
            return new Front(origins, bytes, hasPublicPort, logsCalls, socket);
        }

        Front withPublicPort() {
            return new Front(origins, maxHeadSize, true, logsCalls, socket);
        }

        Front loggingCalls() {
            return new Front(origins, maxHeadSize, hasPublicPort, true, socket);
        }

        Front on(Path file) {
            return new Front(origins, maxHeadSize, hasPublicPort, logsCalls, file);
        }
    }

    /** What a test may want different. */
    record Setup(
            List<String> addresses,
            long maxBodySize,
            TestDoor door,
            Duration deadline,
            long bytesInFlight,
            int instances,
            AppConnection app,
            List<KafkaBinding> bindings,
            Front front) {

        static Setup usual() {
            return new Setup(
                    List.of("127.0.0.1"),
                    1 << 20,
                    TestDoor.OPEN,
                    Duration.ofSeconds(20),
                    1 << 24,
                    1,
                    null,
                    List.of(
                            TestBindings.output("orders"),
                            TestBindings.output("unserved"),
                            TestBindings.input("inbox")),
                    Front.USUAL);
        }

        Setup maxBodySize(long bytes) {
            return new Setup(addresses, bytes, door, deadline, bytesInFlight, instances, app, bindings, front);
        }

        Setup token(String secret) {
            return door(door.token(secret));
        }

        Setup door(TestDoor other) {
            return new Setup(addresses, maxBodySize, other, deadline, bytesInFlight, instances, app, bindings, front);
        }

        Setup deadline(Duration longest) {
            return new Setup(addresses, maxBodySize, door, longest, bytesInFlight, instances, app, bindings, front);
        }

        Setup bytesInFlight(long bytes) {
            return new Setup(addresses, maxBodySize, door, deadline, bytes, instances, app, bindings, front);
        }

        Setup listening(int loops, String... hosts) {
            return new Setup(List.of(hosts), maxBodySize, door, deadline, bytesInFlight, loops, app, bindings, front);
        }

        Setup app(AppConnection connection) {
            return new Setup(
                    addresses, maxBodySize, door, deadline, bytesInFlight, instances, connection, bindings, front);
        }

        Setup serving(KafkaBinding... loaded) {
            return new Setup(
                    addresses, maxBodySize, door, deadline, bytesInFlight, instances, app, List.of(loaded), front);
        }

        Setup front(Front other) {
            return new Setup(addresses, maxBodySize, door, deadline, bytesInFlight, instances, app, bindings, other);
        }

        HttpApiSettings settings(Vertx vertx, int port) {
            return new HttpApiSettings(
                    front.socket == null ? ListenAddress.tcp(addresses, port) : ListenAddress.unix(front.socket),
                    front.hasPublicPort ? ListenAddress.tcp(addresses, 0) : null,
                    maxBodySize,
                    front.maxHeadSize,
                    door.open(vertx),
                    AllowedOrigins.of(front.origins),
                    deadline,
                    instances,
                    front.logsCalls);
        }
    }

    TestGateway() {
        this(Setup.usual());
    }

    TestGateway(Setup setup) {
        BusCodecs.register(vertx.eventBus());
        health.startup().reached(Startup.Stage.STARTED);
        producer.serve("orders");
        catalog.replace(setup.bindings());
        api = Waiting.get(HttpApi.start(vertx, state(setup, 0)));
        client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    ApiState state(Setup setup, int port) {
        var info = new GatewayInfo("shop", null, "1.2.3", setup.app());
        var heap = HeapBudget.of(4 * setup.bytesInFlight());
        calls = heap.calls();
        var services = new ApiServices(catalog, health, meters, info, shutdowns::add, new ExtendedMetadata(), heap);
        return ApiState.of(setup.settings(vertx, port), services);
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + api.port() + path);
    }

    HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    HttpResponse<String> post(String path, String body, String... headers) {
        return send("POST", path, BodyPublishers.ofString(body), headers);
    }

    HttpResponse<String> put(String path, String body, String... headers) {
        return send("PUT", path, BodyPublishers.ofString(body), headers);
    }

    HttpResponse<String> send(String method, String path, BodyPublisher body, String... headers) {
        var request = HttpRequest.newBuilder(uri(path)).method(method, body).timeout(Duration.ofSeconds(30));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    RawConnection connect() throws IOException {
        return new RawConnection(new Socket("127.0.0.1", api.port()));
    }

    @Override
    public void close() {
        Waiting.get(vertx.close());
        complaints.close();
    }
}
