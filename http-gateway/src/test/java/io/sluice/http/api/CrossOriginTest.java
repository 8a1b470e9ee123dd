package io.sluice.http.api;

import static io.sluice.http.api.TestGateway.CREATE;
import static io.sluice.http.api.TestGateway.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.http.api.TestGateway.Front;
import io.sluice.http.api.TestGateway.Setup;
import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages in a browser may do, and what they may not. */
class CrossOriginTest {
    private static final Setup ALLOWING =
            Setup.usual().front(Front.USUAL.origins("https://shop.example", "http://*.test:8080"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: localhost\r\nSec-Fetch-Site: cross-site\r\n",
                "Host: localhost\r\nOrigin: https://evil.example\r\n",
                "Host: localhost\r\nOrigin: null\r\n",
                "Host: localhost:3500\r\nOrigin: http://localhost:8080\r\n",
                "Host: evil.example\r\n",
                "Host: evil.example:3500\r\nOrigin: http://evil.example:3500\r\n",
                "Host: localhost.evil.example\r\n",
                "Host: 127.0.0.1.evil.example\r\n"
            })
    void aPageFromElsewhereIsRefusedWhereNoTokenIsAskedFor(String headers) throws Exception {
        try (var gateway = new TestGateway()) {
            for (var target : new String[] {"POST " + ORDERS, "GET /v1.0/metadata", "POST /v1.0/shutdown"}) {
                assertThat(answer(gateway, target, headers))
                        .as(target)
                        .startsWith("http/1.1 403 ")
                        .contains("ERR_PERMISSION_DENIED")
                        .doesNotContain("access-control");
            }
            assertThat(gateway.producer.requests()).isEmpty();
            assertThat(gateway.shutdowns).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: localhost:3500\r\nOrigin: http://localhost:3500\r\nSec-Fetch-Site: same-origin\r\n",
                "Host: 127.0.0.1\r\n",
                "Host: [::1]:3500\r\n",
                "Host: ::1\r\n",
                "Host: 10.1.2.3:3500\r\n",
                "Host: dapr.localhost:3500\r\n",
                "Host: LocalHost\r\nSec-Fetch-Site: none\r\n",
                "Host: localhost\r\nSec-Fetch-Site: same-site\r\n"
            })
    void whoeverIsNoPageFromElsewhereIsServed(String headers) throws Exception {
        try (var gateway = new TestGateway()) {
            assertThat(answer(gateway, "POST " + ORDERS, headers)).startsWith("http/1.1 204 ");
        }
    }

    @Test
    void aTokenIsEnoughAndAPageHasNone() throws Exception {
        try (var gateway = new TestGateway(Setup.usual().token("s3cret"))) {
            var headers = "Host: evil.example\r\nOrigin: https://evil.example\r\n";

            assertThat(answer(gateway, "POST " + ORDERS, headers)).startsWith("http/1.1 401 ");
            assertThat(answer(gateway, "POST " + ORDERS, headers + "dapr-api-token: s3cret\r\n"))
                    .startsWith("http/1.1 204 ");
        }
    }

    @Test
    void probesAndListenersThatOthersReachAreKnownByAnyName() throws Exception {
        try (var gateway = new TestGateway(Setup.usual().listening(1, "0.0.0.0"))) {
            assertThat(answer(gateway, "POST " + ORDERS, "Host: sluice.shop.svc\r\n"))
                    .startsWith("http/1.1 204 ");
        }
        try (var gateway = new TestGateway()) {
            assertThat(answer(gateway, "GET /v1.0/healthz", "Host: evil.example\r\n"))
                    .startsWith("http/1.1 204 ");
        }
    }

    @ParameterizedTest
    @CsvSource({"https://shop.example", "HTTPS://SHOP.example", "http://a.b.test:8080"})
    void aPageOfAnAllowedOriginMayCallAndReadTheAnswer(String origin) throws Exception {
        try (var gateway = new TestGateway(ALLOWING)) {
            var headers = "Host: localhost\r\nOrigin: " + origin + "\r\nSec-Fetch-Site: cross-site\r\n";

            assertThat(answer(gateway, "POST " + ORDERS, headers))
                    .startsWith("http/1.1 204 ")
                    .contains("access-control-allow-origin: " + origin.toLowerCase(Locale.ROOT) + "\r\n")
                    .contains("vary: origin\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://shop.example", "https://shop.example.evil", "https://xshop.example", "http://test:8080"})
    void aPageOfAnotherOriginMayNot(String origin) throws Exception {
        try (var gateway = new TestGateway(ALLOWING)) {
            assertThat(answer(gateway, "POST " + ORDERS, "Host: localhost\r\nOrigin: " + origin + "\r\n"))
                    .startsWith("http/1.1 403 ")
                    .doesNotContain("access-control");
        }
    }

    @Test
    void aBrowserThatAsksFirstIsToldWithoutAToken() throws Exception {
        var asking = "Host: localhost\r\nOrigin: https://shop.example\r\nAccess-Control-Request-Method: PUT\r\n"
                + "Access-Control-Request-Headers: dapr-api-token\r\n";
        try (var gateway = new TestGateway(ALLOWING.token("s3cret"))) {
            assertThat(answer(gateway, "OPTIONS " + ORDERS, asking))
                    .startsWith("http/1.1 200 ")
                    .contains("access-control-allow-origin: https://shop.example\r\n")
                    .contains("access-control-allow-methods: put\r\n")
                    .contains("access-control-allow-headers: dapr-api-token\r\n");
            assertThat(answer(gateway, "OPTIONS " + ORDERS, asking.replace("shop", "evil")))
                    .startsWith("http/1.1 200 ")
                    .doesNotContain("access-control-allow");
        }
    }

    @Test
    void everyPageMayWhereAllOriginsAreAllowed() throws Exception {
        try (var gateway = new TestGateway(Setup.usual().front(Front.USUAL.origins("*")))) {
            assertThat(answer(gateway, "POST " + ORDERS, "Host: localhost\r\nOrigin: https://any.example\r\n"))
                    .startsWith("http/1.1 204 ")
                    .contains("access-control-allow-origin: *\r\n");
        }
    }

    private static String answer(TestGateway gateway, String target, String headers) throws IOException {
        boolean hasBody = target.endsWith(ORDERS) && target.startsWith("POST");
        try (var connection = gateway.connect()) {
            return connection
                    .send(target + " HTTP/1.1\r\n" + headers + "Content-Length: " + (hasBody ? CREATE.length() : 0)
                            + "\r\n\r\n" + (hasBody ? CREATE : ""))
                    .readResponse();
        }
    }
}
