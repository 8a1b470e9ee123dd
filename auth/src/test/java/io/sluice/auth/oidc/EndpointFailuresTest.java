package io.sluice.auth.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.auth.token.TokenException;
import io.sluice.core.binding.AuthSettings.Oidc;
import io.sluice.core.binding.AuthSettings.OidcClient;
import io.sluice.core.binding.AuthSettings.Tls;
import io.sluice.core.binding.Secret;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SelfSignedCertificate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointFailuresTest {
    private static final Secret SECRET = new Secret("s3cr:t%+/ü");
    private static final Tls NO_TLS = new Tls(false, null, null, null, null, false);

    private final Vertx vertx = Vertx.vertx();
    private final WorkerExecutor workers = vertx.createSharedWorkerExecutor("tokens");
    private final TokenServer server = new TokenServer(vertx, new HttpServerOptions());

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            401 | {"error":"invalid_client","error_description":"who?"} | " refuses oidcClientID and oidcClientSecret: invalid_client: who?"
            401 | {}                                                    | " refuses oidcClientID and oidcClientSecret: Unauthorized: {}"
            400 | {"error":"invalid_scope"}                             | " refuses oidcScopes ""openid kafka"": invalid_scope"
            500 | {"oops":"\\u0007 s3cr:t%+/ü"}                         | ": Internal Server Error: {""oops"":""\\u0007 ***""}"
            200 | {}                                                    | ": no access_token in response"
            200 | {"access_token":""}                                   | ": no access_token in response"
            200 | {"access_token":7}                                    | ": no access_token in response"
            200 | {"access_token":"t","expires_in":-5}                  | " issued a token that has expired already: compare the clocks"
            200 | {"access_token":"t","expires_in":0}                   | " issued a token that has expired already: compare the clocks"
            """)
    void whatTheEndpointObjectsToIsTold(int status, String body, String told) {
        server.answer(status, body);

        assertThat(failure(server))
                .isInstanceOf(TokenException.class)
                .hasMessage("error generating oauth2 token: oidcTokenEndpoint " + server.endpoint()
                        + told.substring(1, told.length() - 1).replace("\"\"", "\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "[]", "{", "\"text\"", "null", ""})
    void garbageIsAFailureLikeAnyOther(String body) {
        server.answer(200, body);

        assertThat(failure(server))
                .isInstanceOf(TokenException.class)
                .hasMessageStartingWith("error generating oauth2 token: oidcTokenEndpoint " + server.endpoint() + ": ");
    }

    @Test
    void aPageInsteadOfATokenIsToldInOneShortLine() {
        server.answer(request -> request.response()
                .setStatusCode(502)
                .putHeader("Content-Type", "text/html")
                .end("<html>\r\n\u001b[31m" + "x".repeat(5000) + "</html>"));

        assertThat(failure(server).getMessage())
                .contains(": Bad Gateway: <html> [31mxxx")
                .hasSizeLessThan(400)
                .matches("[^\\p{Cntrl}]*");
    }

    @Test
    void anEndpointThatIsDownIsTriedOnceAndToldOf() {
        server.stop();

        assertThat(failure(server))
                .hasMessageStartingWith("error generating oauth2 token: oidcTokenEndpoint " + server.endpoint()
                        + " cannot be reached: Connection refused");
    }

    @Test
    void anEndpointWhoseCertificateIsNotTrustedIsToldOf() {
        TokenServer secure = new TokenServer(
                vertx,
                new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(
                                SelfSignedCertificate.create("localhost").keyCertOptions()));

        assertThat(failure(secure))
                .hasMessageStartingWith("error generating oauth2 token: oidcTokenEndpoint " + secure.endpoint()
                        + ": its certificate is not trusted, see caCert: ");
    }

    private Throwable failure(TokenServer at) {
        var client = new OidcClient(at.endpoint(), "client 1", List.of("openid", "kafka"), Map.of());
        return catchThrowable(() -> OidcTokens.of(vertx, workers, new Oidc(client, SECRET, NO_TLS))
                .fetch()
                .await());
    }
}
