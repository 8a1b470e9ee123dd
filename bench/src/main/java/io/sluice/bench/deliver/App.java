package io.sluice.bench.deliver;

import io.sluice.bench.ledger.DeliveryLedger;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** The user's app: tells the ledger of every delivery and answers 200. One event loop serves all connections. */
public final class App extends VerticleBase {
    public static final String PATH = "/deliveries";

    private final int port;
    private final DeliveryLedger ledger;
    private volatile int latencyMillis;

    public App(int port, DeliveryLedger ledger) {
        this.port = port;
        this.ledger = ledger;
    }

    @Override
    public Future<HttpServer> start() {
        return vertx.createHttpServer().requestHandler(this::handle).listen(port, "127.0.0.1");
    }

    /** From now on it answers after this many milliseconds, without blocking; at first at once. Any thread. */
    void latency(int millis) {
        latencyMillis = millis;
    }

    private void handle(HttpServerRequest request) {
        if (request.method() != HttpMethod.POST || !request.path().equals(PATH)) {
            request.response().setStatusCode(404).end();
            return;
        }
        request.body()
                .onSuccess(body -> answer(request.response(), ledger.arrive(body.getBytes(), System.nanoTime())));
    }

    private void answer(HttpServerResponse response, int id) {
        if (latencyMillis == 0) {
            answerNow(response, id);
        } else {
            vertx.setTimer(latencyMillis, timer -> answerNow(response, id));
        }
    }

    private void answerNow(HttpServerResponse response, int id) {
        ledger.answer(id);
        response.end();
    }
}
