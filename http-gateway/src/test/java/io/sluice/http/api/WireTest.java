package io.sluice.http.api;

import static io.sluice.http.api.TestGateway.CREATE;
import static io.sluice.http.api.TestGateway.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.http.Waiting;
import io.sluice.http.api.TestGateway.Setup;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients put on the wire that few of them do, and what they get. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WireTest {
    private static final String POST = "POST " + ORDERS + " HTTP/1.1\r\n";
    private static final String GET = "GET /v1.0/metadata HTTP/1.1\r\n";

    private TestGateway gateway;

    @BeforeAll
    void start() {
        gateway = new TestGateway(Setup.usual());
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @Test
    void everyAnswerSaysWhenItWasMade() throws Exception {
        var date = gateway.get("/v1.0/metadata").headers().firstValue("date").orElseThrow();

        var made = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME);
        assertThat(Duration.between(made, ZonedDateTime.now()).abs()).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void aRequestWithoutAHostIsMalformed() throws Exception {
        assertThat(answer(GET + "\r\n")).startsWith("http/1.1 400 ").contains("Host header");
    }

    @Test
    void aRequestOfHttp10NeedsNoHost() throws Exception {
        assertThat(answer("GET /v1.0/metadata HTTP/1.0\r\n\r\n")).startsWith("http/1.0 200 ");
    }

    @Test
    void aRequestWithTwoHostsIsMalformed() throws Exception {
        assertThat(answer(GET + "Host: a\r\nHost: b\r\n\r\n")).startsWith("http/1.1 400 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"::1:3500", "::1", "[::1]:3500", "", "localhost:"})
    void aHostThatIsAnyTextIsTaken(String host) throws Exception {
        assertThat(answer(GET + "Host: " + host + "\r\n\r\n")).startsWith("http/1.1 200 ");
        assertThat(answer(POST + "Host: " + host + "\r\nContent-Length: " + CREATE.length() + "\r\n\r\n" + CREATE))
                .startsWith("http/1.1 204 ");
    }

    @Test
    void aChunkMayHaveExtensionsWithValues() throws Exception {
        var chunk = Integer.toHexString(CREATE.length());

        assertThat(answer(POST + "Host: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk + ";a=b;c=\"d e\"\r\n"
                        + CREATE + "\r\n0;last=1\r\n\r\n"))
                .startsWith("http/1.1 204 ");
    }

    @Test
    void aBodyThatIsAnnouncedIsAskedForAlsoWhereTheClientOffersHttp2() throws Exception {
        try (var connection = gateway.connect()) {
            connection.send(POST + "Host: localhost\r\nExpect: 100-continue\r\nConnection: Upgrade, HTTP2-Settings\r\n"
                    + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\nContent-Length: " + CREATE.length()
                    + "\r\n\r\n");

            assertThat(connection.readHead()).startsWith("http/1.1 100 ");
            assertThat(connection.send(CREATE).readHead()).startsWith("http/1.1 204 ");
        }
    }

    @Test
    void aBadChunkIsMalformed() throws Exception {
        try (var connection = gateway.connect()) {
            connection.send(POST + "Host: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
            connection.send("2\r\n{}\r\n");

            assertThat(connection.send("zz\r\nabc\r\n").readResponse())
                    .startsWith("http/1.1 400 ")
                    .contains("ERR_MALFORMED_REQUEST");
            assertThat(connection.isClosedByServer()).isTrue();
        }
    }

    @Test
    void requestsThatComeInPiecesOrTogetherAreServed() throws Exception {
        var request = GET + "Host: localhost\r\n\r\n";
        try (var connection = gateway.connect()) {
            for (char c : request.toCharArray()) {
                connection.send(String.valueOf(c));
            }
            assertThat(connection.readResponse()).startsWith("http/1.1 200 ");
            for (char c : (POST + "Host: localhost\r\nContent-Length: " + CREATE.length() + "\r\n\r\n" + CREATE)
                    .toCharArray()) {
                connection.send(String.valueOf(c));
            }
            assertThat(connection.readResponse()).startsWith("http/1.1 204 ");
            connection.send(request + request + request.substring(0, 10));
            assertThat(connection.readResponse()).startsWith("http/1.1 200 ");
            assertThat(connection.readResponse()).startsWith("http/1.1 200 ");
            assertThat(connection.send(request.substring(10)).readResponse()).startsWith("http/1.1 200 ");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000, 15_800, 16_200})
    void aHeadUpToTheConfiguredSizeIsTaken(int bytes) throws Exception {
        assertThat(answer(GET + "Host: localhost\r\nX: " + "x".repeat(bytes - 25) + "\r\n\r\n"))
                .startsWith("http/1.1 200 ");
        assertThat(answer("GET /v1.0/metadata?" + "x".repeat(bytes - 50) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .startsWith("http/1.1 200 ");
        assertThat(http2("x".repeat(bytes - 200))).isEqualTo(200);
    }

    @Test
    void aTargetThatIsNoPathIsUnknown() throws Exception {
        for (var target : new String[] {"OPTIONS * HTTP/1.1", "GET evil HTTP/1.1", "CONNECT sluice:80 HTTP/1.1"}) {
            assertThat(answer(target + "\r\nHost: localhost\r\n\r\n"))
                    .as(target)
                    .startsWith("http/1.1 404 ");
        }
    }

    @Test
    void anAbsoluteTargetIsTaken() throws Exception {
        assertThat(answer("GET http://sluice/v1.0/metadata HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .startsWith("http/1.1 200 ");
    }

    @Test
    void aLengthBesideChunksIsMalformedAndEndsTheConnection() throws Exception {
        var chunk = Integer.toHexString(CREATE.length());
        try (var connection = gateway.connect()) {
            connection.send(POST + "Host: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk
                    + "\r\n" + CREATE + "\r\n0\r\n\r\n");

            assertThat(connection.readResponse()).startsWith("http/1.1 400 ");
            assertThat(connection.isClosedByServer()).isTrue();
        }
    }

    /** What stands before this service may see no encoding there, and another end of the request. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding:\r\n chunked",
                "Transfer-Encoding: chunked\r\n ",
                "Transfer-Encoding: chu\r\n\tnked",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: identity",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"
            })
    void anEncodingThatIsNotPlainlyChunkedIsMalformedAndEndsTheConnection(String encoding) throws Exception {
        var chunk = Integer.toHexString(CREATE.length());
        try (var connection = gateway.connect()) {
            connection.send(
                    POST + "Host: localhost\r\n" + encoding + "\r\n\r\n" + chunk + "\r\n" + CREATE + "\r\n0\r\n\r\n");

            assertThat(connection.readResponse()).startsWith("http/1.1 400 ");
            assertThat(connection.isClosedByServer()).isTrue();
        }
        assertThat(answer(POST + "Host: localhost\r\nTransfer-Encoding: Chunked\r\n\r\n" + chunk + "\r\n" + CREATE
                        + "\r\n0\r\n\r\n"))
                .startsWith("http/1.1 204 ");
    }

    private String answer(String request) throws IOException {
        try (var connection = gateway.connect()) {
            return connection.send(request).readResponse();
        }
    }

    private int http2(String header) {
        var client = gateway.vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
        return Waiting.get(client.request(HttpMethod.GET, gateway.api.port(), "127.0.0.1", "/v1.0/metadata")
                .compose(request -> request.putHeader("x", header).send())
                .map(HttpClientResponse::statusCode));
    }
}
