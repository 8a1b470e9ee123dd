package io.sluice.http.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.http.Waiting;
import io.sluice.http.grpc.TestApi.Setup;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.grpc.server.GrpcServer;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of a call. */
class GrpcCallsTest {
    private static final String METHOD = "/some.Service/Method";

    private final TestApi api = new TestApi(Setup.usual().bytesInFlight(1));
    private final AtomicReference<GrpcCalls> calls = new AtomicReference<>();
    private final int port = listen();

    @AfterEach
    void close() {
        api.complaints.take();
        api.close();
    }

    /** Else a crowd that is refused would fill the memory that it was refused for. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothingIsKeptOfACallThatWasRefused(boolean whole) {
        var request = call();
        var reply = request.response().compose(TestApi::read);
        request.setChunked(true).write(Buffer.buffer(new byte[5]));
        if (whole) {
            request.end();
        }

        assertThat(Waiting.get(reply).status()).isEqualTo(14);
        await().until(() -> calls.get().incoming() == 0);
    }

    @Test
    void aCallWhoseMessageIsStillOnItsWayIsKept() {
        api.calls.reserve(-1_000_000);
        var request = call();
        request.setChunked(true).write(Buffer.buffer(new byte[4]));
        await().until(() -> calls.get() != null && calls.get().incoming() == 1);

        Waiting.get(request.reset());

        await().until(() -> calls.get().incoming() == 0);
    }

    private HttpClientRequest call() {
        var request = Waiting.get(TestApi.open(api.client, "127.0.0.1", port, METHOD));
        request.exceptionHandler(reset -> {});
        return request;
    }

    private int listen() {
        var state = api.state(Setup.usual(), 0);
        var current = new AtomicReference<HttpServerRequest>();
        var grpc = GrpcServer.server(api.vertx).callHandler(request -> calls.get()
                .open(current.get(), request, state.metrics().ofUnknown()));
        var server = api.vertx.createHttpServer().requestHandler(stream -> {
            calls.compareAndSet(null, new GrpcCalls(api.vertx, state));
            current.set(stream);
            grpc.handle(stream);
        });
        return Waiting.get(server.listen(0, "127.0.0.1")).actualPort();
    }
}
