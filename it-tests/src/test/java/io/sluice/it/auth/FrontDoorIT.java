package io.sluice.it.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import io.sluice.it.kafka.Records;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import io.sluice.testing.tls.TestCa;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Bearer tokens of a real token server, over TLS, on both APIs. */
@WithKafka
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FrontDoorIT {
    private static final int UNAUTHENTICATED = 16;
    private static final int OK = 0;
    private static final TestCa CA = TestCa.create();
    private static final FrontDoorClient CLIENT = FrontDoorClient.of(CA);

    private final MockOAuth2Server issuer = new MockOAuth2Server();
    private final MockOAuth2Server successor = new MockOAuth2Server();
    private final Vertx vertx = Vertx.vertx();
    private MockOAuth2Server signer = issuer;
    private volatile String keys = "";
    private TestKafka kafka;
    private String topic;
    private FrontDoorGateway gateway;

    @BeforeAll
    void start(TestKafka shared) throws Exception {
        kafka = shared;
        topic = kafka.newTopic();
        issuer.start(InetAddress.getLoopbackAddress(), 0);
        successor.start(InetAddress.getLoopbackAddress(), 0);
        // Every such server comes with the same keys, and gives them out in turn.
        successor.issueToken("takes the first key");
        publishKeysOf(issuer);
        FrontDoorFiles files = FrontDoorFiles.create().serve(CA.server());
        gateway = FrontDoorGateway.start(
                List.of(Component.output(kafka, "orders", topic)),
                Map.of("DAPR_API_TOKEN", "s3cret"),
                List.of(
                        files.certificateFlag(),
                        files.keyFlag(),
                        "--oidc-issuer=" + issuer.issuerUrl("shop"),
                        "--oidc-jwks-url=http://127.0.0.1:" + keyServer().actualPort() + "/keys",
                        "--oidc-audience=sluice"));
        await().until(() -> call(token()).statusCode() == 204);
    }

    @AfterAll
    void stop() {
        gateway.close();
        issuer.shutdown();
        successor.shutdown();
        vertx.close().await();
    }

    @Test
    void whoeverHasAGoodTokenWritesRecords() {
        int before = Records.readAll(kafka.bootstrapServers(), topic).size();

        assertThat(call(token()).statusCode()).isEqualTo(204);
        assertThat(callGrpc(token())).isEqualTo(OK);
        assertThat(gateway.call(CLIENT, "orders", "dapr-api-token", "s3cret").statusCode())
                .isEqualTo(204);
        assertThat(gateway.callGrpc(CLIENT, "orders", "dapr-api-token", "s3cret"))
                .isEqualTo(OK);

        assertThat(Records.readAll(kafka.bootstrapServers(), topic)).hasSize(before + 4);
    }

    @Test
    void whoeverHasAnotherDoesNotAndHearsWhy() {
        assertRefused(token("shop", "somebody-else", 3600), "it is for another audience");
        assertRefused(token("other", "sluice", 3600), "it is from another issuer");
        assertRefused(token("shop", "sluice", -60), "it has expired");
        String good = token();
        String otherSignature = token("shop", "sluice", 1800);
        assertRefused(
                good.substring(0, good.lastIndexOf('.')) + otherSignature.substring(otherSignature.lastIndexOf('.')),
                "its signature cannot be verified");
        assertRefused("nonsense", "it is not a signed JWT");
    }

    @Test
    void whoeverHasNoneIsChallengedAndProbesAreNotAsked() {
        HttpResponse<String> refused = gateway.call(CLIENT, "orders");

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).isEqualTo("invalid api token");
        assertThat(refused.headers().firstValue("www-authenticate")).hasValue("Bearer realm=\"sluice\"");
        assertThat(gateway.callGrpc(CLIENT, "orders")).isEqualTo(UNAUTHENTICATED);
        assertThat(gateway.send(CLIENT, "GET", "/v1.0/healthz", "").statusCode())
                .isEqualTo(204);
    }

    @Test
    void aBodyThatComesWhileKeysAreFetchedIsNotLost() throws Exception {
        String before = keys;
        publishKeysOf(successor);
        assertThat(keys).isNotEqualTo(before);
        signer = successor;
        String token = token();
        String data = '"' + "x".repeat(50_000) + '"';

        // New keys are fetched every five seconds at most; calls that wait for them wait with their bodies.
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            List<Integer> answers = IntStream.range(0, 6)
                    .parallel()
                    .mapToObj(i -> i % 2 == 0 ? callGrpc(token) : callWith(data, token))
                    .toList();
            assertThat(answers).containsExactly(OK, 204, OK, 204, OK, 204);
        });
        assertThat(Records.readAll(kafka.bootstrapServers(), topic))
                .filteredOn(record -> record.value().length > 1000)
                .hasSizeGreaterThanOrEqualTo(3)
                .allMatch(record -> new String(record.value(), UTF_8).equals(data));
    }

    private HttpServer keyServer() {
        return vertx.createHttpServer()
                .requestHandler(request -> request.response()
                        .putHeader("content-type", "application/json")
                        .end(keys))
                .listen(0, "127.0.0.1")
                .await();
    }

    private void publishKeysOf(MockOAuth2Server server) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(server.jwksUrl("shop").uri()).build();
        keys = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    private void assertRefused(String token, String reason) {
        HttpResponse<String> refused = call(token);
        assertThat(refused.statusCode()).as(reason).isEqualTo(401);
        assertThat(refused.body()).isEqualTo("invalid bearer token: " + reason);
        assertThat(refused.headers().firstValue("www-authenticate").orElse(""))
                .contains("error=\"invalid_token\"", reason);
        assertThat(callGrpc(token)).as(reason).isEqualTo(UNAUTHENTICATED);
    }

    private HttpResponse<String> call(String token) {
        return gateway.call(CLIENT, "orders", "authorization", "Bearer " + token);
    }

    private int callWith(String data, String token) {
        String envelope = TestGateway.envelope(data);
        return gateway.send(CLIENT, "POST", "/v1.0/bindings/orders", envelope, "authorization", "Bearer " + token)
                .statusCode();
    }

    private int callGrpc(String token) {
        return gateway.callGrpc(CLIENT, "orders", "authorization", "Bearer " + token);
    }

    private String token() {
        return token("shop", "sluice", 3600);
    }

    private String token(String issuerId, String audience, long seconds) {
        Map<String, Object> claims = Map.of("sub", "checkout", "aud", audience);
        return signer.anyToken(issuer.issuerUrl(issuerId), claims, Duration.ofSeconds(seconds))
                .serialize();
    }
}
