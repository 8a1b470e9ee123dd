package io.sluice.http.deliver;

import static io.sluice.http.deliver.DeliveryHarness.record;
import static io.sluice.http.deliver.InputBinding.declared;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.core.message.DeliveryResult;
import io.sluice.core.message.DeliveryResult.Unreachable;
import io.sluice.http.Waiting;
import io.sluice.http.deliver.HttpAppChannel.Patience;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An app that speaks HTTP/2 without TLS, and a way to it that may swallow everything. */
class Http2DeliveringTest {
    private static final Duration SOON = Duration.ofMillis(100);
    private static final Duration NEVER = Duration.ofMinutes(5);

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final TestApp app = new TestApp(vertx).listen();
    /** Kept, as a client that nobody holds closes its connections. */
    private final NetClient dialer = vertx.createNetClient();

    private final AtomicBoolean swallowing = new AtomicBoolean();
    private final TestApp relay = new TestApp(vertx);

    @AfterEach
    void close() {
        Waiting.get(vertx.close());
    }

    @Test
    void aConnectionThatSwallowsEverythingIsGivenUp() {
        var server = vertx.createNetServer().connectHandler(this::relay);
        Waiting.get(server.listen(relay.port(), "127.0.0.1"));
        var channel = channel(relay, SOON);
        assertThat(deliver(channel)).isEqualTo(DeliveryResult.ACKNOWLEDGED);
        swallowing.set(true);
        Promise<AppAnswer> swallowed = Promise.promise();
        context.runOnContext(begin -> channel.call(record("2"), () -> true).onComplete(swallowed));

        assertThat(Waiting.get(swallowed.future()).result()).isInstanceOf(Unreachable.class);

        swallowing.set(false);
        assertThat(deliver(channel)).isEqualTo(DeliveryResult.ACKNOWLEDGED);
    }

    /** As one that is black-holed from the start: it accepts, and never says a word of HTTP/2. */
    @Test
    void anAppThatOnlyAcceptsConnectionsIsAwayAndFoundWhenItIsBack() {
        var server = vertx.createNetServer().connectHandler(this::relay);
        Waiting.get(server.listen(relay.port(), "127.0.0.1"));
        swallowing.set(true);
        var channel = channel(relay, NEVER);

        assertThat(deliver(channel)).isInstanceOf(Unreachable.class);

        swallowing.set(false);
        assertThat(deliver(channel)).isEqualTo(DeliveryResult.ACKNOWLEDGED);
    }

    @Test
    void soIsAnAppThatSpeaksGrpc() {
        app.handle(TestGrpcApp::acknowledge);
        var silent = new AtomicBoolean(true);
        var server = vertx.createNetServer().connectHandler(socket -> {
            if (!silent.get()) {
                relay(socket);
            }
        });
        Waiting.get(server.listen(relay.port(), "127.0.0.1"));
        var grpc = new GrpcConnection(vertx, DeliveryHarness.protocol(relay, "grpc"), SOON, places -> {});

        assertThat(await(ask(grpc))).isFalse();

        silent.set(false);
        assertThat(await(ask(grpc))).isTrue();
    }

    private Promise<Boolean> ask(GrpcConnection grpc) {
        Promise<Boolean> answered = Promise.promise();
        context.runOnContext(begin -> grpc.ask("/any", Duration.ofSeconds(3))
                .map(true)
                .otherwise(false)
                .onComplete(answered));
        return answered;
    }

    private static boolean await(Promise<Boolean> answered) {
        return Waiting.get(answered.future());
    }

    /** Its connection answers pings, so it is only slow. */
    @Test
    void anAppThatTakesItsTimeIsWaitedFor() {
        app.handle(request -> vertx.setTimer(1_000, later -> request.response().end()));

        assertThat(deliver(channel(app, SOON))).isEqualTo(DeliveryResult.ACKNOWLEDGED);
    }

    @Test
    void aRequestThatTheAppDidNotLookAtIsSentAgainAtOnce() {
        var calls = new AtomicInteger();
        app.handle(request -> {
            if (calls.incrementAndGet() == 1) {
                request.response().reset(0x7);
            } else {
                request.response().end();
            }
        });

        assertThat(deliver(channel(app, NEVER))).isEqualTo(DeliveryResult.ACKNOWLEDGED);
        assertThat(calls).hasValue(2);
    }

    @Test
    void anAppThatTakesNoRequestsIsAway() {
        app.handle(request -> request.response().reset(0x7));

        assertThat(deliver(channel(app, NEVER)))
                .isInstanceOfSatisfying(
                        Unreachable.class, away -> assertThat(away.reason()).startsWith("the app did not take"));
    }

    private HttpAppChannel channel(TestApp target, Duration check) {
        var settings = DeliveryHarness.protocol(target, "h2c");
        var binding = declared("orders").timeout(Duration.ZERO).toBinding();
        var connections = new SharedConnections(vertx, settings, 1, SOON, places -> {});
        var meters = new AppMetrics(new SimpleMeterRegistry(), "shop", null, MeterWords.HTTP).of("/orders");
        var head = new DeliveryHead(binding, null, () -> {});
        return new HttpAppChannel(vertx, connections, head, binding, new Patience(NEVER, check), meters);
    }

    private DeliveryResult deliver(HttpAppChannel channel) {
        Promise<AppAnswer> answer = Promise.promise();
        context.runOnContext(begin -> channel.call(record("1"), () -> true).onComplete(answer));
        return Waiting.get(answer.future()).result();
    }

    /** A connection that swallowed once does so for ever. */
    private void relay(NetSocket socket) {
        var dead = new AtomicBoolean();
        socket.pause();
        dialer.connect(app.port(), "127.0.0.1").onSuccess(target -> {
            socket.handler(bytes -> {
                dead.compareAndSet(false, swallowing.get());
                if (!dead.get()) {
                    target.write(bytes);
                }
            });
            target.handler(socket::write);
            socket.resume();
        });
    }
}
