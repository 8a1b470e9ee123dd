package io.sluice.http.api;

import static io.sluice.http.api.TestGateway.CREATE;
import static io.sluice.http.api.TestGateway.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.bus.Addresses;
import io.sluice.http.SlowIssuer;
import io.sluice.http.TestDoor;
import io.sluice.http.api.TestGateway.Setup;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GrantsApiTest {
    /** The one right that each route needs; those that are not here need none. */
    private static final Map<Route, String> NEEDED = Map.ofEntries(
            Map.entry(Route.INVOKE_POST, "'invoke': 'orders'"),
            Map.entry(Route.INVOKE_PUT, "'invoke': 'orders'"),
            Map.entry(Route.RAW_POST, "'invoke': 'orders'"),
            Map.entry(Route.RAW_PUT, "'invoke': 'orders'"),
            Map.entry(Route.METADATA, "'may': 'metadata'"),
            Map.entry(Route.SET_METADATA, "'may': 'set-metadata'"),
            Map.entry(Route.SHUTDOWN, "'may': 'shutdown'"),
            Map.entry(Route.HEALTH_DETAILS, "'may': 'health'"),
            Map.entry(Route.PARTITIONS, "'inspect': 'inbox'"),
            Map.entry(Route.FAILURES, "'inspect': 'inbox'"),
            Map.entry(Route.REDELIVER, "'redeliver': 'inbox'"),
            Map.entry(Route.SKIP, "'redeliver': 'inbox'"));

    private static final String EVERY_RIGHT = """
        {'to': 'anybody', 'invoke': 'orders'}, {'to': 'anybody', 'inspect': 'inbox'},
        {'to': 'anybody', 'redeliver': 'inbox'}, {'to': 'anybody', 'may': 'metadata'},
        {'to': 'anybody', 'may': 'set-metadata'}, {'to': 'anybody', 'may': 'shutdown'},
        {'to': 'anybody', 'may': 'health'}\
        """;

    @ParameterizedTest
    @EnumSource(Route.class)
    void aRouteNeedsItsRightAndNoOther(Route route) {
        var needed = NEEDED.getOrDefault(route, "'invoke': 'something-else'");
        var others = EVERY_RIGHT.replace("{'to': 'anybody', " + needed + "}", "{'to': 'anybody', 'invoke': 'nothing'}");

        assertThat(answer(route, "[{'to': 'anybody', " + needed + "}]").statusCode())
                .isBetween(200, 204);
        if (NEEDED.containsKey(route)) {
            var denied = answer(route, "[" + others + "]");
            assertThat(denied.statusCode()).isEqualTo(403);
            assertThat(new JsonObject(denied.body()).getString("errorCode")).isEqualTo("ERR_PERMISSION_DENIED");
            assertThat(new JsonObject(denied.body()).getString("message")).startsWith("the caller lacks the right ");
        }
    }

    private static HttpResponse<String> answer(Route route, String grants) {
        try (var gateway = gateway(TestDoor.OPEN, grants)) {
            Stream.of(
                            Addresses.partitions("inbox"),
                            Addresses.failures("inbox"),
                            Addresses.redeliver("inbox"),
                            Addresses.skip("inbox"))
                    .forEach(address -> gateway.vertx
                            .eventBus()
                            .localConsumer(address, question -> question.reply(new JsonObject())));
            var path = route.template()
                    .replace("{name}", NEEDED.getOrDefault(route, "").contains("inbox") ? "inbox" : "orders")
                    .replaceAll("\\{\\w+}", "0");
            return gateway.send(route.method().name(), path, BodyPublishers.ofString(CREATE));
        }
    }

    @Test
    void whatIsDeniedIsDeniedHoweverThePathIsWritten() {
        try (var gateway = gateway(TestDoor.OPEN, "[{'to': 'anybody', 'invoke': 'public'}]")) {
            Stream.of(
                            ORDERS,
                            "/v1.0/bindings/order%73",
                            "//v1.0//bindings/orders/",
                            "/v1.0/bindings/orders?name=public",
                            "/v1.0-sluice/bindings/orders/raw",
                            "/v1.0/bindings/nowhere")
                    .forEach(path -> assertThat(gateway.post(path, CREATE).statusCode())
                            .as(path)
                            .isEqualTo(403));
            assertThat(gateway.post(ORDERS, "{").statusCode())
                    .as("before the body is looked at")
                    .isEqualTo(403);
            assertThat(gateway.producer.requests()).isEmpty();
        }
    }

    @Test
    void whoHasNotSaidWhoHeIsIsAskedFirst() {
        var grants = "[{'to': 'dapr-api-token', 'invoke': 'orders'}, {'to': 'anybody', 'may': 'metadata'}]";
        try (var gateway = gateway(TestDoor.OPEN.token("s3cret"), grants)) {
            assertThat(gateway.get("/v1.0/metadata").statusCode()).isEqualTo(200);
            assertThat(gateway.post(ORDERS, CREATE).statusCode()).isEqualTo(401);
            assertThat(gateway.post(ORDERS, CREATE, "dapr-api-token", "s3cret").statusCode())
                    .isEqualTo(204);
            assertThat(gateway.post("/v1.0/shutdown", "", "dapr-api-token", "s3cret")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(gateway.get("/v1.0/metadata", "dapr-api-token", "wrong").statusCode())
                    .isEqualTo(401);
            assertThat(gateway.shutdowns).isEmpty();
        }
    }

    @Test
    void theConnectionGoesOnAfterARefusal() throws Exception {
        try (var gateway = gateway(TestDoor.OPEN, "[{'to': 'anybody', 'may': 'metadata'}]");
                var connection = gateway.connect()) {
            connection.send("POST /v1.0/bindings/orders HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}"
                    + "GET /v1.0/metadata HTTP/1.1\r\nHost: localhost\r\n\r\n");

            assertThat(connection.readHead()).startsWith("http/1.1 403 ");
        }
    }

    @Test
    void aBodyThatComesBeforeTheKeysDoIsKept() throws Exception {
        try (var issuer = new SlowIssuer();
                var gateway = new TestGateway(Setup.usual().door(TestDoor.OPEN.oidc(issuer.settings())));
                var connection = gateway.connect()) {
            connection.send("POST /v1.0/bindings/orders HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                    + issuer.token() + "\r\nContent-Length: " + CREATE.length() + "\r\n\r\n" + CREATE);

            issuer.showKeys();

            assertThat(connection.readHead()).startsWith("http/1.1 204 ");
            assertThat(gateway.producer.requests()).hasSize(1);
        }
    }

    private static TestGateway gateway(TestDoor door, String grants) {
        return new TestGateway(Setup.usual().door(door.grants(grants.replace('\'', '"'))));
    }
}
