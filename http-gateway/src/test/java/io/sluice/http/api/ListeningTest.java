package io.sluice.http.api;

import static io.sluice.http.api.TestGateway.CREATE;
import static io.sluice.http.api.TestGateway.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.http.FakeProducer;
import io.sluice.http.Waiting;
import io.sluice.http.api.TestGateway.Setup;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ListeningTest {

    @Test
    void allAddressesAndEventLoopsShareThePickedPort() throws Exception {
        try (var gateway = new TestGateway(Setup.usual().listening(2, "127.0.0.1", "127.0.0.2"))) {
            assertThat(gateway.api.port()).isPositive();
            for (var host : new String[] {"127.0.0.1", "127.0.0.2", "127.0.0.1", "127.0.0.2"}) {
                try (var connection = new RawConnection(new Socket(host, gateway.api.port()))) {
                    connection.send("POST " + ORDERS + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                            + CREATE.length() + "\r\n\r\n" + CREATE);
                    assertThat(connection.readHead()).startsWith("http/1.1 204 ");
                }
            }
            var senders = new HashSet<String>();
            gateway.producer.batches().forEach(batch -> senders.add(batch.replyTo()));
            assertThat(senders).as("event loops that served").hasSize(2);
        }
    }

    @Test
    void twoApisOfOneVertxPickDifferentPorts() {
        try (var gateway = new TestGateway()) {
            var other = Waiting.get(HttpApi.start(gateway.vertx, gateway.state(Setup.usual(), 0)));

            assertThat(other.port()).isNotEqualTo(gateway.api.port());
        }
    }

    @Test
    void aPortInUseFailsTheStartAndLeavesNothingOpen() throws Exception {
        try (var gateway = new TestGateway();
                var taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress("127.0.0.2", 0));
            var setup = Setup.usual().listening(2, "127.0.0.1", "127.0.0.2");

            var start = HttpApi.start(gateway.vertx, gateway.state(setup, taken.getLocalPort()));
            await().until(start::isComplete);

            assertThat(start.cause()).isInstanceOf(BindException.class);
            try (var free = new ServerSocket()) {
                free.setReuseAddress(true);
                free.bind(new InetSocketAddress("127.0.0.1", taken.getLocalPort()));
            }
        }
    }

    @Test
    void stoppingLetsARequestInProgressEnd() throws Exception {
        try (var gateway = new TestGateway()) {
            gateway.producer.answer(request -> null);
            var request = HttpRequest.newBuilder(gateway.uri(ORDERS))
                    .POST(BodyPublishers.ofString(CREATE))
                    .build();
            var response = gateway.client.sendAsync(request, BodyHandlers.ofString());
            await().until(() -> gateway.producer.batches().size() == 1);

            var stopped = gateway.api.stop();
            await().until(() -> isRefused(gateway.api.port()));
            gateway.producer.send(gateway.producer.batches().get(0), 0, FakeProducer.STORED);

            assertThat(response.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(204);
            Waiting.get(stopped);
        }
    }

    @Test
    void http2IsSpokenToAClientThatUpgrades() throws Exception {
        try (var gateway = new TestGateway()) {
            var client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
            var request = HttpRequest.newBuilder(gateway.uri("/v1.0/metadata")).build();

            var upgraded = client.send(request, BodyHandlers.ofString());
            var stored = client.send(
                    HttpRequest.newBuilder(gateway.uri(ORDERS))
                            .POST(BodyPublishers.ofString(CREATE))
                            .build(),
                    BodyHandlers.ofString());

            assertThat(upgraded.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(stored.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(stored.statusCode()).isEqualTo(204);
        }
    }

    @Test
    void http2IsSpokenToAClientThatKnows() {
        try (var gateway = new TestGateway()) {
            var options = new HttpClientOptions()
                    .setProtocolVersion(HttpVersion.HTTP_2)
                    .setHttp2ClearTextUpgrade(false);
            var client = gateway.vertx.createHttpClient(options);

            var stored = Waiting.get(client.request(HttpMethod.PUT, gateway.api.port(), "127.0.0.1", ORDERS)
                    .compose(request -> request.send(Buffer.buffer(CREATE)))
                    .map(HttpClientResponse::statusCode));
            var malformed = Waiting.get(client.request(HttpMethod.POST, gateway.api.port(), "127.0.0.1", ORDERS)
                    .compose(request -> request.send(Buffer.buffer("{")))
                    .map(HttpClientResponse::statusCode));

            assertThat(stored).isEqualTo(204);
            assertThat(malformed).isEqualTo(400);
        }
    }

    @Test
    void anHttp2StreamWhoseBodyDoesNotComeInCostsTheOthersNothing() {
        try (var gateway = new TestGateway(Setup.usual().deadline(Duration.ofMillis(300)))) {
            var options = new HttpClientOptions()
                    .setProtocolVersion(HttpVersion.HTTP_2)
                    .setHttp2ClearTextUpgrade(false);
            var client = gateway.vertx.createHttpClient(options, new PoolOptions().setHttp2MaxSize(1));

            var stuck = Waiting.get(client.request(HttpMethod.POST, gateway.api.port(), "127.0.0.1", ORDERS)
                    .compose(request -> {
                        request.exceptionHandler(reset -> {}).setChunked(true).write("{");
                        return request.response();
                    }));
            var closed = new AtomicBoolean();
            stuck.request().connection().closeHandler(close -> closed.set(true));
            var stored = Waiting.get(client.request(HttpMethod.POST, gateway.api.port(), "127.0.0.1", ORDERS)
                    .compose(request -> request.send(Buffer.buffer(CREATE)))
                    .map(HttpClientResponse::statusCode));

            assertThat(stuck.statusCode()).isEqualTo(500);
            assertThat(stored).isEqualTo(204);
            assertThat(closed).isFalse();
        }
    }

    @Test
    void headersAboveTheLimitAreRefused() throws Exception {
        try (var gateway = new TestGateway();
                var fits = gateway.connect();
                var connection = gateway.connect()) {
            var head = "GET /v1.0/healthz HTTP/1.1\r\nHost: localhost\r\nX: ";

            assertThat(fits.send(head + "x".repeat(15_000) + "\r\n\r\n").readHead())
                    .startsWith("http/1.1 204 ");
            assertThat(connection.send(head + "x".repeat(17_000) + "\r\n\r\n").readHead())
                    .startsWith("http/1.1 431 ");
        }
    }

    @Test
    void aPathThatCannotBeDecodedIsUnknown() throws Exception {
        try (var gateway = new TestGateway();
                var connection = gateway.connect()) {
            connection.send("GET /v1.0/metadata%zz HTTP/1.1\r\nHost: localhost\r\n\r\n");

            assertThat(connection.readResponse()).startsWith("http/1.1 404 ").contains("ERR_DIRECT_INVOKE");
        }
    }

    private static boolean isRefused(int port) {
        try (var socket = new Socket("127.0.0.1", port)) {
            return !socket.isConnected();
        } catch (IOException refused) {
            return true;
        }
    }
}
