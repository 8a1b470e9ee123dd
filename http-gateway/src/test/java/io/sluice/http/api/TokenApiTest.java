package io.sluice.http.api;

import static io.sluice.http.api.TestGateway.CREATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.bus.Addresses;
import io.sluice.http.Waiting;
import io.sluice.http.api.TestGateway.Setup;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TokenApiTest {
    private static final Set<Route> INPUT = EnumSet.of(Route.PARTITIONS, Route.FAILURES, Route.REDELIVER, Route.SKIP);

    private final TestGateway gateway = new TestGateway(Setup.usual().token("s3cret"));

    @AfterEach
    void close() {
        gateway.close();
    }

    /** As first request of HTTP/2, and behind one of HTTP/1.1 that has brought the connection there. */
    @ParameterizedTest
    @CsvSource({"evil, false", "evil, true", "*, false", "*, true", "/v1.0/metadata, true"})
    void overHttp2ATargetThatIsNoPathNeedsItToo(String target, boolean upgraded) {
        var client = gateway.vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(upgraded));
        if (upgraded) {
            assertThat(Waiting.get(status(client, "/v1.0/healthz"))).isEqualTo(204);
        }

        assertThat(Waiting.get(status(client, target))).isEqualTo(401);
    }

    private Future<Integer> status(HttpClient client, String target) {
        return client.request(HttpMethod.GET, gateway.api.port(), "127.0.0.1", target)
                .compose(HttpClientRequest::send)
                .map(HttpClientResponse::statusCode);
    }

    @ParameterizedTest
    @EnumSource(Route.class)
    void everyRouteButTheProbesNeedsTheToken(Route route) {
        Stream.of(
                        Addresses.partitions("inbox"),
                        Addresses.failures("inbox"),
                        Addresses.redeliver("inbox"),
                        Addresses.skip("inbox"))
                .forEach(this::serve);
        var path = route.template()
                .replace("{name}", INPUT.contains(route) ? "inbox" : "orders")
                .replaceAll("\\{\\w+}", "0");

        var without = gateway.send(route.method().name(), path, BodyPublishers.ofString(CREATE));
        var with =
                gateway.send(route.method().name(), path, BodyPublishers.ofString(CREATE), "dapr-api-token", "s3cret");

        assertThat(with.statusCode()).isBetween(200, 204);
        if (route == Route.HEALTHZ || route == Route.HEALTHZ_OUTBOUND) {
            assertThat(without.statusCode()).isEqualTo(204);
        } else {
            assertThat(without.statusCode()).isEqualTo(401);
            assertThat(without.body()).isEqualTo("invalid api token");
            assertThat(without.headers().firstValue("content-type").orElse("")).startsWith("text/plain");
        }
    }

    private void serve(String address) {
        gateway.vertx.eventBus().localConsumer(address, question -> question.reply(new JsonObject()));
    }

    @ParameterizedTest
    @CsvSource({"S3CRET", "s3cre", "s3crett", "''"})
    void aWrongTokenLetsNobodyIn(String token) {
        assertThat(gateway.post(TestGateway.ORDERS, CREATE, "dapr-api-token", token)
                        .statusCode())
                .isEqualTo(401);
        assertThat(gateway.producer.requests()).isEmpty();
    }

    @Test
    void theTokenIsAskedForBeforeAnythingElse() {
        assertThat(gateway.post(TestGateway.ORDERS, "{").statusCode()).isEqualTo(401);
        assertThat(gateway.get("/nowhere").statusCode()).isEqualTo(401);
        assertThat(gateway.post("/v1.0/healthz", "").statusCode()).isEqualTo(401);
    }

    @Test
    void aTokenOutsideAsciiWorks() throws Exception {
        try (var umlaut = new TestGateway(Setup.usual().token("schlüssel"));
                var connection = umlaut.connect()) {
            // RawConnection writes Latin-1: these are the UTF-8 bytes of the token.
            connection.send("GET /v1.0/metadata HTTP/1.1\r\nHost: localhost\r\ndapr-api-token: schlÃ¼ssel\r\n\r\n");

            assertThat(connection.readHead()).startsWith("http/1.1 200 ");
        }
    }
}
