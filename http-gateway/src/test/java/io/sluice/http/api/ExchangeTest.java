package io.sluice.http.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.core.budget.ByteBudget;
import io.sluice.http.Complaints;
import io.sluice.http.Waiting;
import io.sluice.http.invoke.CallMemory;
import io.sluice.http.listen.AllowedOrigins;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ExchangeTest {
    @Test
    void anErrorIsAnsweredAndGivesBackWhatTheBodyHeld() throws Exception {
        var vertx = Vertx.vertx();
        var complaints = Complaints.listen();
        var budget = new ByteBudget(1 << 20);
        var memory = new CallMemory(budget, "http");
        var headers = new AnswerHeaders(new CrossOrigin(AllowedOrigins.NONE));
        var exchanges = new Exchanges(vertx, new ExchangeServices(memory, headers, null), Duration.ofMinutes(1));
        var meters = new HttpMetrics(new SimpleMeterRegistry(), "shop").ofUnknown();
        var server = Waiting.get(vertx.createHttpServer()
                .requestHandler(request -> exchanges
                        .open(request, meters)
                        .readBody(
                                100,
                                body -> {
                                    throw new StackOverflowError("on purpose");
                                },
                                failure -> Answer.INTERNAL_ERROR))
                .listen(0, "127.0.0.1"));

        try (var connection = new RawConnection(new Socket("127.0.0.1", server.actualPort()))) {
            connection.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}");

            assertThat(connection.readResponse()).startsWith("http/1.1 500 ").contains("ERR_INTERNAL");
        }
        assertThat(budget.reserved()).isZero();
        assertThat(complaints.take()).singleElement().asString().endsWith("request failed");
        Waiting.get(vertx.close());
        complaints.close();
    }

    /** Else a crowd whose requests have no end would fill the memory that they are refused for. */
    @Test
    void nothingIsKeptOfARequestOfHttp2ThatWasAnsweredBeforeItsEnd() {
        var vertx = Vertx.vertx();
        var memory = new CallMemory(new ByteBudget(1 << 20), "http");
        var headers = new AnswerHeaders(new CrossOrigin(AllowedOrigins.NONE));
        var exchanges = new Exchanges(vertx, new ExchangeServices(memory, headers, null), Duration.ofMinutes(1));
        var meters = new HttpMetrics(new SimpleMeterRegistry(), "shop").ofUnknown();
        var server = Waiting.get(vertx.createHttpServer()
                .requestHandler(request -> exchanges.open(request, meters).answer(Answer.UNKNOWN_ROUTE))
                .listen(0, "127.0.0.1"));
        var client = vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));

        var request = Waiting.get(client.request(HttpMethod.POST, server.actualPort(), "127.0.0.1", "/"));
        request.exceptionHandler(reset -> {}).setChunked(true).write("{");

        assertThat(Waiting.get(request.response()).statusCode()).isEqualTo(404);
        await().until(() -> exchanges.incoming() == 0);
        Waiting.get(vertx.close());
    }
}
