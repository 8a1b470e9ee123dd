package io.sluice.app.telemetry;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Gauge;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsServerTest {
    private final Vertx vertx = Vertx.vertx();
    private final Telemetry telemetry = Telemetry.prometheus();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        vertx.close().await();
        telemetry.close();
    }

    @Test
    void everyPathOfEveryAddressAnswersWithThePage() throws Exception {
        MetricsServer server = MetricsServer.start(vertx, telemetry, List.of("127.0.0.1", "127.0.0.2"), 0)
                .await();
        for (String url : List.of("http://127.0.0.1:%d/", "http://127.0.0.2:%d/any/path?x=y")) {
            HttpResponse<String> response = send("GET", url.formatted(server.port()));
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("content-type"))
                    .contains("text/plain; version=0.0.4; charset=utf-8");
            assertThat(response.body()).contains("jvm_memory_used_bytes");
        }
    }

    @Test
    void thePageIsThereThoughTheSharedThreadsAreBusy() throws Exception {
        MetricsServer server = start(0).await();
        var release = new CountDownLatch(1);
        List<Future<Boolean>> busy = IntStream.range(0, VertxOptions.DEFAULT_WORKER_POOL_SIZE)
                .mapToObj(i -> vertx.executeBlocking(() -> release.await(20, TimeUnit.SECONDS), false))
                .toList();

        HttpResponse<String> page = send("GET", "http://127.0.0.1:%d/".formatted(server.port()));

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(release.getCount()).isOne();
        release.countDown();
        Future.all(busy).await();
    }

    /** Each would hold a page in memory for as long as it likes. */
    @Test
    void ofManyThatDoNotReadThePageTheEldestAreSentAway() throws Exception {
        Gauge.builder("large", () -> 1).tag("text", "x".repeat(8 * 1024 * 1024)).register(telemetry.registry());
        MetricsServer server = start(0).await();
        List<Socket> idle = new ArrayList<>();
        for (int i = 0; i < 2 * MetricsReaders.MOST; i++) {
            var socket = new Socket("127.0.0.1", server.port());
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
            idle.add(socket);
        }

        Socket eldest = idle.get(0);
        eldest.setSoTimeout(10_000);
        assertThat(eldest.getInputStream().readAllBytes().length).isLessThan(8 * 1024 * 1024);
        assertThat(send("GET", "http://127.0.0.1:%d/".formatted(server.port())).statusCode())
                .isEqualTo(200);
        for (Socket socket : idle) {
            socket.close();
        }
    }

    @Test
    void nothingCanBeWritten() throws Exception {
        MetricsServer server = start(0).await();
        assertThat(send("POST", "http://127.0.0.1:%d/".formatted(server.port())).statusCode())
                .isEqualTo(405);
    }

    @Test
    void aPortInUseIsAFailureThatLeavesNothingOpen() throws IOException {
        try (var taken = new ServerSocket(0)) {
            assertThatThrownBy(() -> start(taken.getLocalPort()).await()).isInstanceOf(BindException.class);
        }
    }

    private Future<MetricsServer> start(int port) {
        return MetricsServer.start(vertx, telemetry, List.of("127.0.0.1"), port);
    }

    private HttpResponse<String> send(String method, String url) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(10))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
