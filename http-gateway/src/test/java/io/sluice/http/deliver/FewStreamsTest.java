package io.sluice.http.deliver;

import static io.sluice.http.deliver.DeliveryHarness.record;
import static io.sluice.http.deliver.InputBinding.declared;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.core.message.Delivery;
import io.sluice.core.message.DeliveryResult;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An app that takes few requests at a time on a connection of HTTP/2, and does not answer those of one binding. */
class FewStreamsTest {
    private static final int STREAMS = 8;
    /** As many as are opened over HTTP/2 without gRPC. */
    private static final int CONNECTIONS = 8;
    /** More than the app takes. */
    private static final int SLOW = 500;

    private final DeliveryHarness gateway = new DeliveryHarness();
    private final AtomicInteger open = new AtomicInteger();

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void aQuickBindingFindsAStreamWhileASlowOneHoldsTheOthers() {
        var app = new TestApp(gateway.vertx, fewStreams())
                .answer(request -> isUnanswered(request.uri().equals("/slow")) ? 0 : 200);
        app.listen();
        gateway.open(DeliveryHarness.protocol(app, "h2c"), declared("slow"), declared("quick"));

        assertAStreamIsLeft(CONNECTIONS * STREAMS - 1);
    }

    @Test
    void soItDoesOverGrpc() {
        var app = new TestGrpcApp(gateway.vertx, fewStreams())
                .answer(event ->
                        isUnanswered(event.getName().equals("slow")) ? TestGrpcApp.Answer.NONE : TestGrpcApp.Answer.OK);
        app.listen();
        gateway.open(app.settings(), declared("slow"), declared("quick"));

        assertAStreamIsLeft(STREAMS - 1);
    }

    private void assertAStreamIsLeft(int taken) {
        gateway.send(
                "slow", IntStream.range(0, SLOW).mapToObj(i -> record("slow")).toArray(Delivery[]::new));
        await().until(() -> open.get() == taken);

        assertThat(gateway.deliver("quick", "1")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
        assertThat(open).as("all of them still without an answer").hasValue(taken);
    }

    private boolean isUnanswered(boolean slow) {
        if (slow) {
            open.incrementAndGet();
        }
        return slow;
    }

    private static HttpServerOptions fewStreams() {
        return new HttpServerOptions().setInitialSettings(new Http2Settings().setMaxConcurrentStreams(STREAMS));
    }
}
