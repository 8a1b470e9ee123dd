package io.sluice.bench.floor;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;

/** Body → tree → {@code data} encoded again, as JSON or as Avro → Kafka → 204. No routing, no checks, no metrics. */
final class FloorVerticle extends VerticleBase {
    private final int port;
    private final RecordSink sink;
    private final ValueForm form;

    FloorVerticle(int port, RecordSink sink, ValueForm form) {
        this.port = port;
        this.sink = sink;
        this.form = form;
    }

    @Override
    public Future<?> start() {
        return vertx.createHttpServer().requestHandler(this::handle).listen(port, "127.0.0.1");
    }

    private void handle(HttpServerRequest request) {
        request.body()
                .compose(this::store)
                .onSuccess(stored -> request.response().setStatusCode(204).end())
                .onFailure(failure -> request.response().setStatusCode(500).end());
    }

    private Future<Void> store(Buffer body) {
        var envelope = new JsonObject(body);
        String key = envelope.getJsonObject("metadata").getString("partitionKey");
        byte[] value = form.bytes(envelope.getJsonObject("data"));
        return sink.send(key.getBytes(StandardCharsets.UTF_8), value);
    }
}
