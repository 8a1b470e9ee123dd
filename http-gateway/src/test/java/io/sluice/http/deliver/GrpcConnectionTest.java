package io.sluice.http.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.http.Waiting;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.grpc.common.GrpcStatus;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrpcConnectionTest {
    private static final String HEALTH = "/dapr.proto.runtime.v1.AppCallbackHealthCheck/HealthCheck";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    /** Kept, as a client that nobody holds closes its connections. */
    private final NetClient dialer = vertx.createNetClient();

    private final AtomicInteger lost = new AtomicInteger();
    private final TestGrpcApp app = new TestGrpcApp(vertx).listen();

    @AfterEach
    void close() {
        Waiting.get(vertx.close());
    }

    @Test
    void aConnectionWhoseOtherEndIsGoneWithoutAWordIsReplacedWhenItIsSuspected() {
        var cut = new AtomicBoolean();
        int relay = Waiting.get(vertx.createNetServer()
                        .connectHandler(socket -> relay(socket, cut))
                        .listen(0, "127.0.0.1"))
                .actualPort();
        var settings = new AppChannelSettings(
                "grpc", "127.0.0.1", relay, -1, null, DeliveryHarness.MAX_HEAD_BYTES, TIMEOUT, null);
        var connection = new GrpcConnection(vertx, settings, Duration.ofMillis(100), places -> {});
        assertThat(get(() -> connection.ask(HEALTH, TIMEOUT)).status()).isEqualTo(GrpcStatus.OK);
        cut.set(true);
        var stream = get(() -> connection.open(HEALTH, TIMEOUT));
        var swallowed = begin(() -> connection.call(stream, new byte[0]));
        await().until(() -> lost.get() > 0);
        cut.set(false);

        context.runOnContext(overdue -> connection.peers().suspect(stream.connection()));

        await().until(swallowed::failed);
        assertThat(get(() -> connection.ask(HEALTH, TIMEOUT)).status()).isEqualTo(GrpcStatus.OK);
        assertThat(app.connects).hasValue(2);
    }

    /** gRPC's servers take more for an attack, unless they have something to say themselves. */
    @Test
    void anAppThatAnswersNothingIsPingedEveryFiveMinutesAtMost() {
        var peer = new Http2Peer(Duration.ofMinutes(5).toNanos());
        long now = System.nanoTime();
        assertThat(peer.isDueForPing(now)).isTrue();
        assertThat(peer.isDueForPing(now + Duration.ofSeconds(299).toNanos())).isFalse();
        assertThat(peer.isDueForPing(now + Duration.ofMinutes(5).toNanos())).isTrue();
        assertThat(peer.isDueForPing(now + Duration.ofMinutes(6).toNanos())).isFalse();

        peer.isHeard();

        assertThat(peer.isDueForPing(now + Duration.ofMinutes(6).toNanos())).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"PT0S,1m", "PT0.25S,250m", "PT1M,60000m", "PT27H,97200000m", "PT28H,100800S", "P40000D,99999999S"})
    void theTimeoutIsToldInEightDigitsAtMost(Duration timeout, String header) {
        assertThat(GrpcTimeout.of(timeout)).isEqualTo(header);
    }

    /** Where a connection belongs. */
    private <T> Future<T> begin(Supplier<Future<T>> task) {
        Promise<T> done = Promise.promise();
        context.runOnContext(begin -> task.get().onComplete(done));
        return done.future();
    }

    private <T> T get(Supplier<Future<T>> task) {
        return Waiting.get(begin(task));
    }

    /** A connection that was cut once stays so. */
    private void relay(NetSocket socket, AtomicBoolean cut) {
        var mine = new AtomicBoolean();
        socket.pause();
        dialer.connect(app.port(), "127.0.0.1").onSuccess(target -> {
            socket.handler(bytes -> {
                mine.compareAndSet(false, cut.get());
                if (mine.get()) {
                    lost.addAndGet(bytes.length());
                } else {
                    target.write(bytes);
                }
            });
            target.handler(socket::write);
            socket.resume();
        });
    }
}
