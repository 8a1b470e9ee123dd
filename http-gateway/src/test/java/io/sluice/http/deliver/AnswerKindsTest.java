package io.sluice.http.deliver;

import static io.sluice.http.deliver.DeliveryHarness.record;
import static io.sluice.http.deliver.InputBinding.declared;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.core.message.DeliveryResult;
import io.sluice.core.message.DeliveryResult.Refused;
import io.sluice.http.Waiting;
import io.sluice.http.deliver.Cell.Moment;
import io.sluice.http.deliver.Cell.Outcome;
import io.sluice.http.deliver.RawApp.Seen;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes of a record, and of the next one, whatever an app does with it, over each protocol. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnswerKindsTest {
    private static final Path GUIDE = Path.of("..", "docs", "delivery.md");
    private static final String TABLE = "| the app | HTTP/1.1 | h2c | gRPC |\n| --- | --- | --- | --- |\n";
    private static final Duration SOON = Duration.ofMillis(100);
    private static final Duration SILENT_FOR = Duration.ofSeconds(1);
    private static final Duration LATE = Duration.ofSeconds(15);
    private static final int CONNECTIONS = 2;
    private static final int LARGE = 8_000_000;

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();

    @AfterAll
    void close() {
        Waiting.get(vertx.close());
    }

    static Stream<Arguments> overHttp1() {
        return AnswerKinds.all()
                .filter(kind -> kind.http1() != null)
                .map(kind -> Arguments.of(kind.words(), kind.http1()));
    }

    static Stream<Arguments> overH2c() {
        return AnswerKinds.all().filter(kind -> kind.h2c() != null).map(kind -> Arguments.of(kind.words(), kind.h2c()));
    }

    static Stream<Arguments> overGrpc() {
        return AnswerKinds.all()
                .filter(kind -> kind.grpc() != null)
                .map(kind -> Arguments.of(kind.words(), kind.grpc()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("overHttp1")
    void overHttp1TheAppHasSaidWhatComesOfARecord(String words, Cell<RawHttp1App.Peer> cell) {
        try (var app = new RawHttp1App(vertx, cell)) {
            var settings = settings("http", app.port());
            deliver(app, cell, http(settings, new OwnConnections(vertx, settings, CONNECTIONS), cell));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("overH2c")
    void overH2cItHasToo(String words, Cell<RawHttp2App.Peer> cell) {
        try (var app = new RawHttp2App(vertx, cell, false)) {
            var settings = settings("h2c", app.port());
            deliver(
                    app,
                    cell,
                    http(settings, new SharedConnections(vertx, settings, 1, pingTimeout(cell), places -> {}), cell));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("overGrpc")
    void overGrpcItHasToo(String words, Cell<RawHttp2App.Peer> cell) {
        try (var app = new RawHttp2App(vertx, cell, true)) {
            var connection = new GrpcConnection(vertx, settings("grpc", app.port()), pingTimeout(cell), places -> {});
            var meters = metrics(MeterWords.GRPC).of(GrpcAppChannel.PATH);
            var binding = declared("orders").timeout(Duration.ZERO).toBinding();
            deliver(app, cell, new GrpcAppChannel(vertx, connection, binding, patience(cell), meters, () -> {}));
        }
    }

    @Test
    void theGuideHasTheSameTable() throws IOException {
        var table = TABLE + AnswerKinds.all().map(AnswerKind::row).collect(Collectors.joining("\n"));
        var text = Files.readString(GUIDE);
        int from = text.indexOf(TABLE);
        if (System.getProperty("sluice.docs.write") != null) {
            text = text.substring(0, from) + table + text.substring(text.indexOf("\n\n", from));
            Files.writeString(GUIDE, text);
        }

        assertThat(text)
                .as("docs/delivery.md; run this test with -Dsluice.docs.write to rewrite it")
                .contains(table + "\n\n");
    }

    private HttpAppChannel http(AppChannelSettings settings, AppConnections connections, Cell<?> cell) {
        var binding = declared("orders").timeout(Duration.ZERO).fanningOut().toBinding();
        var head = new DeliveryHead(binding, null, () -> {});
        var patience = new HttpAppChannel.Patience(patience(cell), patience(cell));
        return new HttpAppChannel(
                vertx,
                connections,
                head,
                binding,
                patience,
                metrics(MeterWords.HTTP).of(head.path()));
    }

    private static AppMetrics metrics(MeterWords words) {
        return new AppMetrics(new SimpleMeterRegistry(), "shop", null, words);
    }

    private static Duration patience(Cell<?> cell) {
        return cell.hasty() ? SOON : LATE;
    }

    /** Only what depends on it has to wait for it: on a busy machine a ping takes its time. */
    private static Duration pingTimeout(Cell<?> cell) {
        return cell.hasty() && cell.outcome() == Outcome.WAITS ? SILENT_FOR : LATE;
    }

    private static AppChannelSettings settings(String protocol, int port) {
        return new AppChannelSettings(
                protocol, "127.0.0.1", port, -1, null, DeliveryHarness.MAX_HEAD_BYTES, LATE, null);
    }

    private void deliver(RawApp<?> app, Cell<?> cell, AppChannel channel) {
        if (cell.onKept()) {
            assertThat(outcome(Waiting.get(call(channel, "record-0")))).isEqualTo(Outcome.ACKNOWLEDGED);
        }
        var first = call(channel, "record-1" + (cell.moment() == Moment.HEAD ? "x".repeat(LARGE) : ""));
        if (cell.outcome() == Outcome.AWAITED) {
            assertThat(outcome(Waiting.get(call(channel, "slow")))).isEqualTo(Outcome.ACKNOWLEDGED);
            assertThat(first.isComplete()).isFalse();
            assertThat(app.of("record-1")).hasSize(1);
            return;
        }
        assertThat(outcome(Waiting.get(first))).isEqualTo(cell.outcome());
        assertThat(app.of("record-1")).hasSize(cell.sent());

        assertThat(outcome(Waiting.get(call(channel, "record-2")))).isEqualTo(Outcome.ACKNOWLEDGED);
        assertThat(app.of("record-1")).as("not sent again").hasSize(cell.sent());
        assertThat(app.of("record-2")).hasSize(1);
        if (cell.sent() > 0) {
            assertThat(last(app, "record-2").equals(last(app, "record-1")))
                    .as("on the same connection")
                    .isEqualTo(cell.isKept());
        }
    }

    private static Integer last(RawApp<?> app, String record) {
        List<Seen> requests = app.of(record);
        return requests.get(requests.size() - 1).connection();
    }

    private Future<DeliveryResult> call(AppChannel channel, String value) {
        Promise<AppAnswer> answer = Promise.promise();
        context.runOnContext(begin -> channel.call(record(value), () -> true).onComplete(answer));
        return answer.future().map(AppAnswer::result);
    }

    private static Outcome outcome(DeliveryResult result) {
        if (result.equals(DeliveryResult.ACKNOWLEDGED)) {
            return Outcome.ACKNOWLEDGED;
        }
        return result instanceof Refused ? Outcome.REFUSED : Outcome.WAITS;
    }
}
