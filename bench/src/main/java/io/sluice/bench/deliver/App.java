package io.sluice.bench.deliver;

import io.sluice.bench.ledger.DeliveryLedger;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.IntUnaryOperator;

/** The user's app: tells the ledger of every delivery and answers 200. One event loop serves all connections. */
public final class App extends VerticleBase {
    public static final String PATH = "/deliveries";

    private final int port;
    private final DeliveryLedger ledger;
    private final IntUnaryOperator latencies;

    /** @param latencies the milliseconds it takes for a record, by id, without blocking; 0 = it answers at once */
    public App(int port, DeliveryLedger ledger, IntUnaryOperator latencies) {
        this.port = port;
        this.ledger = ledger;
        this.latencies = latencies;
    }

    @Override
    public Future<HttpServer> start() {
        return vertx.createHttpServer().requestHandler(this::handle).listen(port, "127.0.0.1");
    }

    private void handle(HttpServerRequest request) {
        if (!request.method().equals(HttpMethod.POST) || !request.path().equals(PATH)) {
            request.response().setStatusCode(404).end();
            return;
        }
        request.body().onSuccess(body -> answer(request.response(), ledger.arrive(body.getBytes(), System.nanoTime())));
    }

    private void answer(HttpServerResponse response, int id) {
        int millis = latencies.applyAsInt(id);
        if (millis == 0) {
            answerNow(response, id);
        } else {
            vertx.setTimer(millis, timer -> answerNow(response, id));
        }
    }

    private void answerNow(HttpServerResponse response, int id) {
        ledger.answer(id);
        response.end();
    }
}
