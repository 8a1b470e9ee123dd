package io.sluice.it.input;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The user's app: an HTTP server that keeps what it gets and answers as the test tells it. The functions that a test gives
 * are called on the server's one thread. Safe for use from any thread.
 */
public final class TestApp implements AutoCloseable {
    /** Instead of a status: the caller waits for ever. */
    public static final int NO_ANSWER = -1;

    private static final String HOST = "127.0.0.1";

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final int port = freePort();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final List<Call> taken = new CopyOnWriteArrayList<>();
    private volatile Function<Call, Future<Reply>> deliveries = call -> Future.succeededFuture(Reply.of(200));
    private volatile Function<Call, Integer> others = call -> 200;
    private @Nullable HttpServer server;

    /** A request as it came. */
    public record Call(HttpMethod method, String path, HttpVersion version, MultiMap headers, Buffer body) {
        @Nullable
        public String header(String name) {
            return headers.get(name);
        }

        public String text() {
            return body.toString();
        }

        /** {@code topic/partition@offset} of the record. */
        String coordinates() {
            return header("__topic") + "/" + header("__partition") + "@" + header("__offset");
        }
    }

    /** An answer. */
    public record Reply(int status, String body) {
        /** No answer: the connection is closed. */
        public static final Reply HANG_UP = of(0);

        public static Reply of(int status) {
            return new Reply(status, "");
        }
    }

    /** Opens its port, again after {@link #leave} as well. */
    public TestApp listen() {
        server = get(vertx.createHttpServer().requestHandler(this::serve).listen(port, HOST));
        return this;
    }

    /** Closes its port and all connections; requests without an answer get none. */
    public void leave() {
        HttpServer leaving = server;
        server = null;
        if (leaving != null) {
            get(leaving.close());
        }
    }

    /** Answers deliveries with a status from now on. */
    public void answer(Function<Call, Integer> status) {
        reply(call -> Future.succeededFuture(Reply.of(status.apply(call))));
    }

    /** Answers deliveries from now on, each when the future is completed. */
    public void reply(Function<Call, Future<Reply>> reply) {
        deliveries = reply;
    }

    /** Answers all requests but deliveries with a status from now on. */
    public void answerOthers(Function<Call, Integer> status) {
        others = status;
    }

    public int port() {
        return port;
    }

    Vertx vertx() {
        return vertx;
    }

    /** The deliveries so far, also those that are not answered. */
    public List<Call> deliveries() {
        return calls(HttpMethod.POST);
    }

    /** The deliveries that were answered with 2xx so far, in the order of the answers. */
    List<Call> taken() {
        return List.copyOf(taken);
    }

    List<Call> takenAt(String path) {
        return taken.stream().filter(call -> call.path().equals(path)).toList();
    }

    /** The bodies of the deliveries that were answered with 2xx so far. */
    public List<String> takenTexts() {
        return taken.stream().map(Call::text).toList();
    }

    /** Those of them that came to {@code path}. */
    public List<String> takenTexts(String path) {
        return takenAt(path).stream().map(Call::text).toList();
    }

    List<Call> calls(HttpMethod method) {
        return calls.stream().filter(call -> call.method().equals(method)).toList();
    }

    List<Call> calls(HttpMethod method, String path) {
        return calls(method).stream().filter(call -> call.path().equals(path)).toList();
    }

    @Override
    public void close() {
        get(vertx.close());
    }

    private void serve(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            Call call = new Call(
                    request.method(),
                    request.uri(),
                    request.version(),
                    MultiMap.caseInsensitiveMultiMap().addAll(request.headers()),
                    body);
            calls.add(call);
            boolean delivery = call.method().equals(HttpMethod.POST);
            Future<Reply> reply =
                    delivery ? deliveries.apply(call) : Future.succeededFuture(Reply.of(others.apply(call)));
            reply.onSuccess(answer -> answer(request, call, answer));
        });
    }

    private void answer(HttpServerRequest request, Call call, Reply reply) {
        if (reply.equals(Reply.HANG_UP)) {
            request.connection().close();
            return;
        }
        if (reply.status() == NO_ANSWER) {
            return;
        }
        if (call.method().equals(HttpMethod.POST) && reply.status() / 100 == 2) {
            taken.add(call);
        }
        request.response().setStatusCode(reply.status()).end(reply.body());
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T get(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }
}
