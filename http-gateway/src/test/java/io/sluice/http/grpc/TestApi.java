package io.sluice.http.grpc;

import com.google.protobuf.MessageLite;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.core.binding.BindingCatalog;
import io.sluice.core.binding.SecretStoreComponent;
import io.sluice.core.budget.ByteBudget;
import io.sluice.core.budget.HeapBudget;
import io.sluice.core.bus.BusCodecs;
import io.sluice.core.health.Health;
import io.sluice.http.Complaints;
import io.sluice.http.FakeProducer;
import io.sluice.http.TestBindings;
import io.sluice.http.TestDoor;
import io.sluice.http.Waiting;
import io.sluice.http.api.ApiServices;
import io.sluice.http.api.AppConnection;
import io.sluice.http.api.ExtendedMetadata;
import io.sluice.http.api.GatewayInfo;
import io.sluice.http.grpc.proto.InvokeBindingRequest;
import io.sluice.http.listen.ListenAddress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** The gRPC API on real sockets with a fake producer behind, and a client that puts the bytes on the wire itself. */
final class TestApi implements AutoCloseable {
    static final String SERVICE = "/dapr.proto.runtime.v1.Dapr/";
    static final String INVOKE = SERVICE + "InvokeBinding";
    static final int LIMIT = 1 << 16;

    final Vertx vertx = Vertx.vertx();
    final Complaints complaints = Complaints.listen();
    final MeterRegistry meters = new SimpleMeterRegistry();
    final BlockingQueue<Boolean> shutdowns = new LinkedBlockingQueue<>();
    final FakeProducer producer = new FakeProducer(vertx);
    final ApiServices services;
    final ByteBudget calls;
    final HttpClient client;
    final GrpcApi api;

    /** What a test may want different. */
    record Setup(TestDoor door, Duration deadline, long bytesInFlight, int instances, List<String> addresses) {
        static Setup usual() {
            return new Setup(TestDoor.OPEN, Duration.ofSeconds(20), 1 << 24, 1, List.of("127.0.0.1"));
        }

        Setup token(String secret) {
            return door(door.token(secret));
        }

        Setup door(TestDoor other) {
            return new Setup(other, deadline, bytesInFlight, instances, addresses);
        }

        Setup deadline(Duration longest) {
            return new Setup(door, longest, bytesInFlight, instances, addresses);
        }

        Setup bytesInFlight(long bytes) {
            return new Setup(door, deadline, bytes, instances, addresses);
        }

        Setup listening(int loops, String... hosts) {
            return new Setup(door, deadline, bytesInFlight, loops, List.of(hosts));
        }
    }

    TestApi() {
        this(Setup.usual());
    }

    TestApi(Setup setup) {
        BusCodecs.register(vertx.eventBus());
        producer.serve("orders");
        var catalog = new BindingCatalog();
        catalog.replace(List.of(TestBindings.output("orders"), TestBindings.input("inbox"), TestBindings.both("both")));
        catalog.replaceStores(List.of(new SecretStoreComponent("vault", "secretstores.local.file", "v1")));
        var probe = new AppConnection.HealthCheck("/ok", Duration.ofSeconds(5), Duration.ofMillis(500), 3);
        var info = new GatewayInfo("shop", null, "1.2.3", new AppConnection(3000, "http", "127.0.0.1", -1, probe));
        var heap = HeapBudget.of(4 * setup.bytesInFlight());
        calls = heap.calls();
        services = new ApiServices(catalog, new Health(), meters, info, shutdowns::add, new ExtendedMetadata(), heap);
        api = Waiting.get(GrpcApi.start(vertx, state(setup, 0)));
        client = vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
    }

    GrpcState state(Setup setup, int port) {
        var door = setup.door().open(vertx);
        var settings = new GrpcApiSettings(
                ListenAddress.tcp(setup.addresses(), port),
                LIMIT,
                16 << 10,
                door,
                setup.deadline(),
                setup.instances(),
                false);
        return GrpcState.of(settings, services);
    }

    static InvokeBindingRequest.Builder create(String binding) {
        return InvokeBindingRequest.newBuilder().setName(binding).setOperation("create");
    }

    Reply call(String method, MessageLite message, String... headers) {
        return Waiting.get(send(method, frame(message.toByteArray()), headers));
    }

    Future<Reply> send(String method, Buffer body, String... headers) {
        return open(method, headers).compose(request -> exchange(request, body));
    }

    /** A call whose message is still to be sent. */
    Future<HttpClientRequest> open(String method, String... headers) {
        return open(client, "127.0.0.1", api.port(), method).map(request -> {
            for (int i = 0; i < headers.length; i += 2) {
                request.putHeader(headers[i], headers[i + 1]);
            }
            return request;
        });
    }

    static Future<HttpClientRequest> open(HttpClient client, String host, int port, String method) {
        return client.request(HttpMethod.POST, port, host, method)
                .map(request -> request.putHeader("content-type", "application/grpc"));
    }

    /** Listens before it speaks: a response whose body nobody waits for is thrown away. */
    static Future<Reply> exchange(HttpClientRequest request, Buffer body) {
        var reply = request.response().compose(TestApi::read);
        request.end(body);
        return reply;
    }

    static Future<Reply> read(HttpClientResponse response) {
        return response.body().map(body -> {
            var fields = response.headers();
            return new Reply(response.statusCode(), fields.addAll(response.trailers()), body);
        });
    }

    static Buffer frame(byte[] message) {
        return frame(message, false);
    }

    static Buffer frame(byte[] message, boolean compressed) {
        return Buffer.buffer()
                .appendByte((byte) (compressed ? 1 : 0))
                .appendInt(message.length)
                .appendBytes(message);
    }

    @Override
    public void close() {
        Waiting.get(vertx.close());
        complaints.close();
    }
}
