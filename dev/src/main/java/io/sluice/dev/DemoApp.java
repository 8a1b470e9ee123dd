package io.sluice.dev;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.PrintStream;
import java.util.concurrent.CompletionException;

/** An app that wants the records of every input binding, shows each one it gets and acknowledges it. */
final class DemoApp implements AutoCloseable {
    private static final String HOST = "127.0.0.1";

    private final Vertx vertx;
    private final PrintStream out;
    private final int port;

    private DemoApp(Vertx vertx, PrintStream out) {
        this.vertx = vertx;
        this.out = out;
        this.port = await(vertx.createHttpServer()
                .requestHandler(this::serve)
                .listen(0, HOST)
                .map(HttpServer::actualPort));
    }

    /** Listens on a free port. */
    static DemoApp start(PrintStream out) {
        var small =
                new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(1);
        return new DemoApp(Vertx.vertx(small), out);
    }

    int port() {
        return port;
    }

    private void serve(HttpServerRequest request) {
        if (request.method().equals(HttpMethod.POST)) {
            request.body().onSuccess(value -> {
                out.println("demo: delivered " + text(request, value));
                acknowledge(request);
            });
        } else if (request.method().equals(HttpMethod.OPTIONS)) {
            acknowledge(request);
        } else {
            request.response().setStatusCode(404).end();
        }
    }

    private static void acknowledge(HttpServerRequest request) {
        request.response().setStatusCode(204).end();
    }

    private static String text(HttpServerRequest request, Buffer value) {
        MultiMap headers = request.headers();
        String record = headers.get("__topic") + "/" + headers.get("__partition") + "@" + headers.get("__offset");
        String key = headers.contains("__key") ? " key=" + headers.get("__key") : "";
        return RecordText.printable((record + key + " to " + request.path() + " ").getBytes(UTF_8))
                + RecordText.printable(value.getBytes());
    }

    @Override
    public void close() {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw new IllegalStateException("the demo app does not run", e.getCause());
        }
    }
}
