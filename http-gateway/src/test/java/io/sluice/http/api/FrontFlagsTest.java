package io.sluice.http.api;

import static io.sluice.http.api.TestGateway.CREATE;
import static io.sluice.http.api.TestGateway.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sluice.http.Waiting;
import io.sluice.http.api.TestGateway.Front;
import io.sluice.http.api.TestGateway.Setup;
import io.sluice.http.listen.CallLog;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.BindException;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What daprd's flags of the listeners do. */
class FrontFlagsTest {
    private static final int LONG = 100 << 10;

    @TempDir
    Path folder;

    @Test
    void headsUpToTheSizeThatIsSetAreTaken() throws Exception {
        try (var gateway = new TestGateway(Setup.usual().front(Front.USUAL.maxHeadSize(LONG)))) {
            var value = "x".repeat(LONG - 100);
            assertThat(status(gateway, "GET /v1.0/metadata", "X: " + value)).startsWith("http/1.1 200 ");
            assertThat(status(gateway, "GET /v1.0/metadata?" + value, "X: y")).startsWith("http/1.1 200 ");
            assertThat(status(gateway, "GET /v1.0/metadata", "X: " + value + value))
                    .startsWith("http/1.1 431 ");
            assertThat(http2(gateway, value)).isEqualTo(200);
        }
    }

    @Test
    void thePublicPortServesHealthAndMetadataToAllAndNothingElse() throws Exception {
        var setup = Setup.usual().token("s3cret").front(Front.USUAL.withPublicPort());
        try (var gateway = new TestGateway(setup)) {
            assertThat(onPublicPort(gateway, "GET /v1.0/healthz")).startsWith("http/1.1 204 ");
            assertThat(onPublicPort(gateway, "GET /v1.0/healthz/outbound/")).startsWith("http/1.1 204 ");
            assertThat(onPublicPort(gateway, "GET /v1.0/metadata")).startsWith("http/1.1 200 ");
            assertThat(onPublicPort(gateway, "PUT /v1.0/metadata/key")).startsWith("http/1.1 404 ");
            assertThat(onPublicPort(gateway, "POST " + ORDERS)).startsWith("http/1.1 404 ");
            assertThat(onPublicPort(gateway, "POST /v1.0/shutdown")).startsWith("http/1.1 404 ");
            assertThat(gateway.get("/v1.0/metadata").statusCode()).isEqualTo(401);
            assertThat(gateway.shutdowns).isEmpty();
        }
    }

    @Test
    void aUnixDomainSocketStandsForThePortAndGoesWithTheApi() throws Exception {
        var file = folder.resolve("dapr-shop-http.socket");
        try (var gateway = new TestGateway(Setup.usual().front(Front.USUAL.on(file)))) {
            assertThat(gateway.api.port()).isEqualTo(-1);
            var client = gateway.vertx.createHttpClient();
            var options = new RequestOptions()
                    .setServer(SocketAddress.domainSocketAddress(file.toString()))
                    .setMethod(HttpMethod.POST)
                    .setHost("localhost")
                    .setURI(ORDERS);

            var stored = Waiting.get(client.request(options)
                    .compose(request -> request.send(Buffer.buffer(CREATE)))
                    .map(HttpClientResponse::statusCode));
            Waiting.get(gateway.api.stop());

            assertThat(stored).isEqualTo(204);
            assertThat(file).doesNotExist();
        }
    }

    @Test
    void aSocketThatAKilledProcessHasLeftIsReplacedAndOneInUseIsNot() throws Exception {
        var file = folder.resolve("left.socket");
        try (var gateway = new TestGateway()) {
            var setup = Setup.usual().front(Front.USUAL.on(file));
            try (var other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                other.bind(UnixDomainSocketAddress.of(file));

                assertThatThrownBy(() -> Waiting.get(HttpApi.start(gateway.vertx, gateway.state(setup, 0))))
                        .hasRootCauseInstanceOf(BindException.class)
                        .hasStackTraceContaining("is in use");
            }
            Waiting.get(Waiting.get(HttpApi.start(gateway.vertx, gateway.state(setup, 0)))
                    .stop());

            Files.writeString(file, "precious");
            assertThatThrownBy(() -> Waiting.get(HttpApi.start(gateway.vertx, gateway.state(setup, 0))))
                    .hasStackTraceContaining("is not a socket");
            assertThat(file).hasContent("precious");
        }
    }

    @Test
    void eachCallButThoseOfProbesIsALineOfTheLog() throws Exception {
        var logger = (Logger) LoggerFactory.getLogger(CallLog.class);
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(Level.INFO);
        try (var gateway = new TestGateway(Setup.usual().front(Front.USUAL.loggingCalls()))) {
            gateway.get("/v1.0/healthz");
            gateway.post(ORDERS, CREATE, "user-agent", "till/1.0");
            gateway.get("/v1.0/nothing");
        } finally {
            logger.setLevel(null);
            logger.detachAppender(lines);
        }

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("HTTP API Called", "HTTP API Called");
        assertThat(pairs(lines.list.get(0)))
                .contains("method=POST " + ORDERS, "code=204", "size=0", "useragent=till/1.0");
        assertThat(pairs(lines.list.get(1))).contains("method=GET /v1.0/nothing", "code=404");
    }

    private static List<String> pairs(ILoggingEvent line) {
        return line.getKeyValuePairs().stream()
                .map(pair -> pair.key + "=" + pair.value)
                .toList();
    }

    private static String status(TestGateway gateway, String target, String header) throws Exception {
        try (var connection = gateway.connect()) {
            return connection
                    .send(target + " HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n\r\n")
                    .readHead();
        }
    }

    private static String onPublicPort(TestGateway gateway, String target) throws Exception {
        try (var connection = new RawConnection(new Socket("127.0.0.1", gateway.api.publicPort()))) {
            return connection
                    .send(target + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n")
                    .readHead();
        }
    }

    private static int http2(TestGateway gateway, String header) {
        var client = gateway.vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
        return Waiting.get(client.request(HttpMethod.GET, gateway.api.port(), "127.0.0.1", "/v1.0/metadata")
                .compose(request -> request.putHeader("x", header).send())
                .map(HttpClientResponse::statusCode));
    }
}
