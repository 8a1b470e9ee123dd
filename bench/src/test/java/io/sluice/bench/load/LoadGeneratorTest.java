package io.sluice.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.bench.ledger.IdLedger;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LoadGeneratorTest {
    private static final Window WINDOW = new Window(Duration.ofMillis(50), Duration.ofMillis(400));
    private static final long STALL_MILLIS = 200;

    private final Vertx vertx = Vertx.vertx();
    private final IdLedger ledger = new IdLedger();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong cpu = new AtomicLong();

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void everyRequestIsAnsweredOnceAndAcknowledged() throws Exception {
        LoadResult result = load(LoadShape.closed(8), request -> answer(request, 204));

        assertThat(result.failed()).isZero();
        assertThat(ledger.balance().acknowledged()).isEqualTo(requests.get());
        assertThat(result.latencies().getTotalCount()).isPositive().isLessThanOrEqualTo(requests.get());
    }

    @Test
    void anAnswerOtherThan204IsAFailureAndNoAcknowledgement() throws Exception {
        LoadResult result = load(LoadShape.closed(4), request -> answer(request, requests.get() % 10 == 0 ? 500 : 204));

        assertThat(result.failed()).isEqualTo(requests.get() / 10).isPositive();
        assertThat(ledger.balance().acknowledged()).isEqualTo(requests.get() - result.failed());
    }

    @Test
    void aStallShowsInTheLatencyOfEveryRequestThatWasDueInIt() throws Exception {
        LoadResult result = load(LoadShape.open(500, 1), request -> {
            if (requests.get() == 100) {
                vertx.setTimer(STALL_MILLIS, timer -> answer(request, 204));
            } else {
                answer(request, 204);
            }
        });

        assertThat(result.latencies().getTotalCount()).as("nothing is left out").isEqualTo(200);
        // 100 of the 200 requests were due during the stall, a quarter of all before half of it had passed.
        assertThat(result.latencyMillis(80)).isGreaterThan(STALL_MILLIS / 2.0);
    }

    @Test
    void theCpuTimeIsThatOfTheMeasuredWindow() throws Exception {
        assertThat(load(LoadShape.closed(1), request -> answer(request, 204)).cpuMicros())
                .as("read at the beginning and at the end, 1000 microseconds apart")
                .isEqualTo(1000);
    }

    @Test
    void aConnectionClosedByTheProgramEndsTheRun() {
        assertThatThrownBy(() -> load(
                        LoadShape.closed(2), request -> request.connection().close()))
                .isInstanceOf(IOException.class);
    }

    private LoadResult load(LoadShape shape, Handler<HttpServerRequest> program) throws Exception {
        int port = vertx.createHttpServer()
                .requestHandler(request -> {
                    requests.incrementAndGet();
                    program.handle(request);
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .actualPort();
        var template = new RequestTemplate("127.0.0.1", port, "/");
        var target = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        return new LoadGenerator(target, template, ledger, () -> cpu.addAndGet(1000)).run(shape, WINDOW);
    }

    private static void answer(HttpServerRequest request, int status) {
        request.response().setStatusCode(status).end(status == 204 ? "" : "no").onFailure(AssertionError::new);
    }
}
