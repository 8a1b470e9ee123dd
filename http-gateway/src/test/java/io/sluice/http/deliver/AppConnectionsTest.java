package io.sluice.http.deliver;

import static io.sluice.http.deliver.DeliveryHarness.header;
import static io.sluice.http.deliver.DeliveryHarness.record;
import static io.sluice.http.deliver.DeliveryHarness.settings;
import static io.sluice.http.deliver.InputBinding.declared;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.core.message.Delivery;
import io.sluice.core.message.DeliveryResult;
import io.sluice.core.message.DeliveryResult.Postponed;
import io.sluice.core.message.DeliveryResult.Unreachable;
import io.sluice.http.Waiting;
import io.sluice.http.deliver.TestApp.Got;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SelfSignedCertificate;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AppConnectionsTest {
    private final DeliveryHarness gateway = new DeliveryHarness();
    private final TestApp app = new TestApp(gateway.vertx);

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void anAnswerThatIsNotHttpIsToldInOneLine() {
        var server = gateway.vertx
                .createNetServer()
                .connectHandler(socket -> socket.handler(request -> socket.write(
                        request.toString().startsWith("POST")
                                ? "what\u0007ever " + "x".repeat(500) + "\r\n\r\n"
                                : "HTTP/1.1 404 \r\ncontent-length: 0\r\n\r\n")));
        Waiting.get(server.listen(app.port(), "127.0.0.1"));
        gateway.open(settings(app), declared("orders"));

        assertThat(gateway.deliver("orders", "1"))
                .isInstanceOfSatisfying(
                        Unreachable.class, away -> assertThat(away.reason()).matches("\\P{Cntrl}{1,300}"));
        assertThat(gateway.complaints.take()).hasSize(1);
    }

    @Test
    void aConnectionThatBreaksIsNoRefusal() {
        app.handle(request -> request.connection().close()).listen();
        gateway.open(settings(app), declared("orders"));

        assertThat(gateway.deliver("orders", "1"))
                .isInstanceOfSatisfying(Unreachable.class, away -> assertThat(away.reason())
                        .startsWith("the connection broke before the app answered"));
        assertThat(gateway.complaints.take()).hasSize(1);
    }

    @Test
    void aKeptConnectionThatBreaksIsReplacedOnce() {
        app.listen();
        gateway.open(settings(app), declared("orders"));
        gateway.deliver("orders", "1");
        var calls = new AtomicInteger();
        app.handle(request -> {
            if (calls.incrementAndGet() == 1) {
                request.connection().close();
            } else {
                request.response().end();
            }
        });

        assertThat(gateway.deliver("orders", "2")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
        assertThat(calls).hasValue(2);
    }

    /** As after a standstill: the connections have broken meanwhile, and the partitions gone to others. */
    @ParameterizedTest
    @ValueSource(strings = {"http", "h2c"})
    void aRecordThatIsAnotherMembersByNowIsNotSentOnceMore(String protocol) {
        app.listen();
        gateway.open(DeliveryHarness.protocol(app, protocol), declared("orders"));
        gateway.deliver("orders", "1");
        var calls = new AtomicInteger();
        app.handle(request -> {
            calls.incrementAndGet();
            request.connection().close();
        });

        var results = gateway.send("orders", index -> calls.get() == 0, DeliveryHarness.record("2"));

        assertThat(Waiting.get(results.get(0).future())).isInstanceOf(Postponed.class);
        assertThat(calls).hasValue(1);
    }

    @Test
    void aRecordThatBreaksEveryConnectionIsSentOnceMoreAndThenWaits() {
        app.listen();
        gateway.open(settings(app), declared("orders"));
        gateway.deliver("orders", "1");
        var calls = new AtomicInteger();
        app.handle(request -> {
            calls.incrementAndGet();
            request.connection().close();
        });

        assertThat(gateway.deliver("orders", "2")).isInstanceOf(Unreachable.class);
        assertThat(calls).hasValue(2);
        assertThat(gateway.complaints.take()).hasSize(1);
    }

    @Test
    void aRecordThatBreaksTwoKeptConnectionsIsNotSentOnAThirdOne() {
        var held = new ConcurrentLinkedQueue<HttpServerRequest>();
        app.handle(held::add).listen();
        gateway.open(settings(app), declared("orders"));
        var kept = gateway.send("orders", record("1"), record("2"));
        await().until(() -> held.size() == 2);
        held.forEach(request -> request.response().end());
        kept.forEach(result -> Waiting.get(result.future()));
        var calls = new AtomicInteger();
        app.handle(request -> {
            calls.incrementAndGet();
            request.connection().close();
        });

        assertThat(gateway.deliver("orders", "3")).isInstanceOf(Unreachable.class);

        assertThat(calls).hasValue(2);
        assertThat(gateway.complaints.take()).hasSize(1);
    }

    @Test
    void anAppThatIsGoneIsUnreachableUntilItIsBack() {
        app.listen();
        gateway.open(settings(app), declared("orders"));
        gateway.deliver("orders", "1");
        app.close();

        assertThat(gateway.deliver("orders", "2")).isInstanceOf(Unreachable.class);

        app.listen();
        assertThat(gateway.deliver("orders", "2")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
        assertThat(app.posts()).extracting(Got::text).containsExactly("1", "2");
    }

    @Test
    void connectionsAreKept() {
        app.listen();
        gateway.open(settings(app), declared("orders"));

        for (int i = 0; i < 20; i++) {
            gateway.deliver("orders", "1");
        }

        assertThat(connectionsOfPosts()).hasSize(20);
        assertThat(connectionsOfPosts().stream().distinct()).hasSize(1);
    }

    /** Headers of an answer that ends its connection, though the app leaves the closing to the gateway. */
    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1, connection: close",
        "HTTP/1.1, 'connection: foo, Close'",
        "HTTP/1.1, keep-alive: timeout=0",
        "HTTP/1.0, x: y"
    })
    void aConnectionThatTheAppDoesNotKeepIsNotUsedAgain(String version, String header) {
        var connections = answering(version + " 200 OK\r\n" + header + "\r\ncontent-length: 0\r\n\r\n");
        gateway.open(settings(app), declared("orders"));
        int before = connections.get();

        for (int i = 0; i < 5; i++) {
            assertThat(gateway.deliver("orders", "1")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
        }

        assertThat(connections.get() - before).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1, x: y",
        "HTTP/1.1, 'keep-alive: timeout=5, max=9'",
        "HTTP/1.1, keep-alive: what",
        "HTTP/1.0, connection: Keep-Alive"
    })
    void aConnectionThatTheAppKeepsIsUsedAgain(String version, String header) {
        var connections = answering(version + " 200 OK\r\n" + header + "\r\ncontent-length: 0\r\n\r\n");
        gateway.open(settings(app), declared("orders"));
        int before = connections.get();

        for (int i = 0; i < 5; i++) {
            assertThat(gateway.deliver("orders", "1")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
        }

        assertThat(connections.get() - before).isEqualTo(1);
    }

    @Test
    void aConnectionIsNotUsedOnceItIsOlderThanTheAppKeepsIt() {
        var connections = answering("HTTP/1.1 200 OK\r\nkeep-alive: timeout=1\r\ncontent-length: 0\r\n\r\n");
        gateway.open(settings(app), declared("orders"));
        gateway.deliver("orders", "1");
        int before = connections.get();
        long begin = System.nanoTime();
        await().until(() -> System.nanoTime() - begin > 600_000_000);

        gateway.deliver("orders", "2");

        assertThat(connections.get() - before).isEqualTo(1);
    }

    @Test
    void moreRecordsThanConnectionsWaitForOne() {
        app.listen();
        gateway.open(settings(app), declared("orders"));

        var results = gateway.send(
                "orders",
                IntStream.range(0, 3000).mapToObj(i -> record("v" + i)).toArray(Delivery[]::new));

        assertThat(results)
                .allSatisfy(result -> assertThat(Waiting.get(result.future())).isEqualTo(DeliveryResult.ACKNOWLEDGED));
        assertThat(connectionsOfPosts().stream().distinct().count()).isLessThanOrEqualTo(AppConnections.MAX);
    }

    @Test
    void anAppMaySpeakHttp2WithoutTls() {
        app.listen();
        gateway.open(DeliveryHarness.protocol(app, "h2c"), declared("orders"));

        gateway.deliver("orders", record("k", "1", header("Mixed-Case", "v")));

        assertThat(onlyPost().version()).isEqualTo(HttpVersion.HTTP_2);
        assertThat(onlyPost().header("mixed-case")).isEqualTo("v");
        assertThat(onlyPost().header("__key")).isEqualTo("k");
    }

    @Test
    void anAnswerOverHttp2MayHaveManyHeaders() {
        app.handle(request -> request.response()
                        .putHeader("set-cookie", "c".repeat(60_000))
                        .end())
                .listen();
        gateway.open(DeliveryHarness.protocol(app, "h2c"), declared("orders"));

        assertThat(gateway.deliver("orders", "1")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
    }

    @Test
    void manyRecordsShareTheConnectionsOfHttp2() {
        app.listen();
        gateway.open(DeliveryHarness.protocol(app, "h2c"), declared("orders"));

        var results = gateway.send(
                "orders", IntStream.range(0, 500).mapToObj(i -> record("v" + i)).toArray(Delivery[]::new));

        assertThat(results)
                .allSatisfy(result -> assertThat(Waiting.get(result.future())).isEqualTo(DeliveryResult.ACKNOWLEDGED));
        assertThat(connectionsOfPosts().stream().distinct().count()).isLessThanOrEqualTo(8);
    }

    @Test
    void anAppMaySpeakTlsWithAnyCertificate() {
        var certificate = SelfSignedCertificate.create("somebody.else");
        try (var secure = new TestApp(
                        gateway.vertx,
                        new HttpServerOptions().setSsl(true).setKeyCertOptions(certificate.keyCertOptions()))
                .listen()) {
            gateway.open(
                    DeliveryHarness.protocol(secure, "https"),
                    declared("orders").undeclared());

            assertThat(gateway.deliver("orders", "1")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
            assertThat(secure.posts()).hasSize(1);
        } finally {
            certificate.delete();
        }
    }

    /** The protocols that are mistaken for one another: nothing that comes of it may be counted against a record. */
    @ParameterizedTest
    @CsvSource({
        "http, https",
        "h2c, https",
        "grpc, https",
        "https, http",
        "grpcs, http",
        "grpc, http/1.1",
        "h2c, http/1.1"
    })
    void anAppThatSpeaksAnotherProtocolIsAwayAndToldWhichOneIsConfigured(String configured, String spoken) {
        var certificate = SelfSignedCertificate.create("localhost");
        var options = new HttpServerOptions().setHttp2ClearTextEnabled(!spoken.equals("http/1.1"));
        if (spoken.equals("https")) {
            options.setSsl(true).setKeyCertOptions(certificate.keyCertOptions());
        }
        try (var other = new TestApp(gateway.vertx, options).listen()) {
            gateway.open(DeliveryHarness.protocol(other, configured), declared("orders"));

            assertThat(gateway.deliver("orders", "1"))
                    .isInstanceOfSatisfying(Unreachable.class, away -> assertThat(away.reason())
                            .contains("does the app speak " + configured + "? --app-protocol"));
            assertThat(other.posts()).isEmpty();
        } finally {
            gateway.stop();
            gateway.complaints.take();
            certificate.delete();
        }
    }

    @Test
    void anAppThatHasAnsweredBeforeSpeaksTheProtocol() {
        app.listen();
        gateway.open(settings(app), declared("orders"));
        gateway.deliver("orders", "1");
        app.handle(request -> request.connection().close());

        assertThat(gateway.deliver("orders", "2"))
                .isInstanceOfSatisfying(
                        Unreachable.class, away -> assertThat(away.reason()).doesNotContain("--app-protocol"));
        assertThat(gateway.complaints.take()).hasSize(1);
    }

    /**
     * An app that answers every request in the same words.
     *
     * @return how many connections it has had
     */
    private AtomicInteger answering(String answer) {
        var connections = new AtomicInteger();
        var server = gateway.vertx.createNetServer().connectHandler(socket -> {
            connections.incrementAndGet();
            socket.handler(request -> socket.write(answer));
        });
        Waiting.get(server.listen(app.port(), "127.0.0.1"));
        return connections;
    }

    private Got onlyPost() {
        assertThat(app.posts()).hasSize(1);
        return app.posts().get(0);
    }

    private List<String> connectionsOfPosts() {
        return app.posts().stream().map(Got::connection).toList();
    }
}
