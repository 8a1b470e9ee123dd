package io.sluice.http.deliver;

import static io.sluice.http.deliver.DeliveryHarness.record;
import static io.sluice.http.deliver.InputBinding.declared;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.message.DeliveryResult;
import io.sluice.core.message.DeliveryResult.Postponed;
import io.sluice.core.message.DeliveryResult.Refused;
import io.sluice.core.message.DeliveryResult.Unreachable;
import io.sluice.http.Waiting;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An app that does not speak gRPC as it should: whatever it does, the record is settled or offered again. */
class GrpcTroubleTest {
    private static final byte[] EMPTY_MESSAGE = new byte[5];

    private final DeliveryHarness gateway = new DeliveryHarness();
    private final TestGrpcApp app = new TestGrpcApp(gateway.vertx);
    private final AtomicInteger calls = new AtomicInteger();

    @AfterEach
    void close() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"what, 2, UNKNOWN", "-1, 2, UNKNOWN", "99999999999, 2, UNKNOWN", "17, 2, UNKNOWN", "'', 2, UNKNOWN"
            })
    void aStatusThatIsNoneRefuses(String status, int code, String reason) {
        handle(request -> TestGrpcApp.answer(request, Buffer.buffer(EMPTY_MESSAGE), status));

        assertRefused(code, "the app answered with " + reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00000000",
                "0100000000",
                "0000000001",
                "00000000000000000000",
                "00ffffffff",
                "000000000100000000"
            })
    void theStatusCountsIfThereIsNotOneMessage(String body) {
        handle(request -> TestGrpcApp.answer(
                request, Buffer.buffer(java.util.HexFormat.of().parseHex(body)), "0"));

        assertAcknowledgedAndNotFollowed();
    }

    @Test
    void theStatusCountsIfTheMessageIsOfAnotherKind() {
        handle(request -> TestGrpcApp.answer(
                request, Buffer.buffer().appendByte((byte) 0).appendInt(1).appendByte((byte) -1), "0"));

        assertAcknowledgedAndNotFollowed();
    }

    @Test
    void theStatusCountsIfTheMessageIsTooLong() {
        handle(request -> {
            var length = GrpcConnection.LONGEST_ANSWER + 1;
            TestGrpcApp.answer(
                    request,
                    Buffer.buffer().appendByte((byte) 0).appendInt(length).appendBytes(new byte[length]),
                    "0");
        });

        assertAcknowledgedAndNotFollowed();
    }

    /** It is a proxy that says so, or an app that does not speak gRPC: the record may not have been looked at. */
    @ParameterizedTest
    @ValueSource(ints = {200, 404, 502})
    void anAnswerWithoutAStatusOfGrpcIsNone(int status) {
        handle(request -> {
            calls.incrementAndGet();
            request.response().setStatusCode(status).end("<html>");
        });

        assertThat(gateway.deliver("orders", "1"))
                .isInstanceOfSatisfying(Unreachable.class, away -> assertThat(away.reason())
                        .startsWith("the app gave no answer: HTTP status " + status + ", and none of gRPC")
                        .contains("--app-protocol"));
        assertThat(calls).hasValue(1);
        assertThat(gateway.complaints.take()).hasSize(1);
    }

    @Test
    void theStatusMayComeInTheHead() {
        handle(request -> request.response()
                .putHeader("content-type", "application/grpc")
                .putHeader("grpc-status", "7")
                .putHeader("grpc-message", "100 %zz")
                .end());

        assertRefused(7, "the app answered with PERMISSION_DENIED: 100 %zz");
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "8", "11"})
    void aCallThatIsResetIsNotRepeatedAtOnceAndNoRefusal(long code) {
        app.listen();
        gateway.open(app.settings(), declared("orders"));
        gateway.deliver("orders", "first of the connection");
        app.handle(request -> {
            calls.incrementAndGet();
            request.response().reset(code);
        });

        assertThat(gateway.deliver("orders", "1"))
                .isInstanceOfSatisfying(Unreachable.class, away -> assertThat(away.reason())
                        .startsWith("the call broke before the app answered"));
        assertThat(gateway.complaints.take()).hasSize(1);
        assertThat(calls).hasValue(1);
    }

    @Test
    void aCallThatTheAppDidNotLookAtIsSentAgainAtOnce() {
        handle(request -> {
            if (calls.incrementAndGet() == 1) {
                request.response().reset(7);
            } else {
                TestGrpcApp.acknowledge(request);
            }
        });

        assertThat(gateway.deliver("orders", "1")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
        assertThat(calls).hasValue(2);
    }

    @Test
    void anAppThatLooksAtNoCallIsUnreachable() {
        handle(request -> {
            calls.incrementAndGet();
            request.response().reset(7);
        });

        assertThat(gateway.deliver("orders", "1"))
                .isInstanceOfSatisfying(Unreachable.class, away -> assertThat(away.reason())
                        .startsWith("the app did not take the call"));
        assertThat(calls).hasValue(2);
    }

    @Test
    void aCallThatAnAppOnItsWayOutDidNotLookAtGoesToTheNextConnection() {
        handle(request -> {
            if (calls.incrementAndGet() == 1) {
                request.connection().goAway(0, 0);
            } else {
                TestGrpcApp.acknowledge(request);
            }
        });

        assertThat(gateway.deliver("orders", "1")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
        assertThat(calls).hasValue(2);
        assertThat(app.connects).hasValue(2);
    }

    @Test
    void anAppOnItsWayOutMayStillAnswerAndTheNextCallHasAnotherConnection() {
        handle(request -> {
            if (calls.incrementAndGet() == 1) {
                request.connection().goAway(0);
            }
            TestGrpcApp.acknowledge(request);
        });

        assertThat(gateway.deliver("orders", "1")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
        assertThat(gateway.deliver("orders", "2")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
        assertThat(calls).hasValue(2);
    }

    @Test
    void aConnectionThatBreaksAtItsFirstCallIsNoRefusal() {
        handle(request -> {
            calls.incrementAndGet();
            request.connection().close();
        });

        assertThat(gateway.deliver("orders", "1"))
                .isInstanceOfSatisfying(Unreachable.class, away -> assertThat(away.reason())
                        .startsWith("the call broke before the app answered"));
        assertThat(gateway.complaints.take()).hasSize(1);
        assertThat(calls).hasValue(1);
    }

    /** None of them was kept: the app was not about to close it as idle. */
    @Test
    void callsThatShareAConnectionFromItsBeginAreNotRepeatedAtOnce() {
        handle(request -> {
            if (calls.incrementAndGet() == 3) {
                request.connection().close();
            }
        });

        var results = gateway.send(
                "orders", DeliveryHarness.record("1"), DeliveryHarness.record("2"), DeliveryHarness.record("3"));

        assertThat(results)
                .allSatisfy(result -> assertThat(Waiting.get(result.future())).isInstanceOf(Unreachable.class));
        assertThat(calls).hasValue(3);
        assertThat(gateway.complaints.take()).hasSize(1);
    }

    @Test
    void aKeptConnectionThatBreaksIsReplacedOnce() {
        app.listen();
        gateway.open(app.settings(), declared("orders"));
        gateway.deliver("orders", "1");
        app.handle(request -> {
            if (calls.incrementAndGet() == 1) {
                request.connection().close();
            } else {
                TestGrpcApp.acknowledge(request);
            }
        });

        assertThat(gateway.deliver("orders", "2")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
        assertThat(calls).hasValue(2);
    }

    @Test
    void aRecordThatIsAnotherMembersByNowIsNotSentOnceMore() {
        app.listen();
        gateway.open(app.settings(), declared("orders"));
        gateway.deliver("orders", "1");
        app.handle(request -> {
            calls.incrementAndGet();
            request.connection().close();
        });

        var results = gateway.send("orders", index -> calls.get() == 0, record("2"));

        assertThat(Waiting.get(results.get(0).future())).isInstanceOf(Postponed.class);
        assertThat(calls).hasValue(1);
    }

    @Test
    void aRecordThatBreaksEveryConnectionIsSentOnceMoreAndThenWaits() {
        app.listen();
        gateway.open(app.settings(), declared("orders"));
        gateway.deliver("orders", "1");
        app.handle(request -> {
            calls.incrementAndGet();
            request.connection().close();
        });

        assertThat(gateway.deliver("orders", "2")).isInstanceOf(Unreachable.class);
        assertThat(calls).hasValue(2);
        assertThat(gateway.complaints.take()).hasSize(1);
    }

    @Test
    void anAnswerThatStopsInTheMiddleIsNone() {
        handle(request -> {
            request.response().putHeader("content-type", "application/grpc").write(Buffer.buffer("\0\0"));
            gateway.vertx.setTimer(50, later -> request.connection().close());
        });

        assertThat(gateway.deliver("orders", "1"))
                .isInstanceOfSatisfying(Unreachable.class, away -> assertThat(away.reason())
                        .startsWith("the call broke before the app answered"));
        assertThat(gateway.complaints.take()).hasSize(1);
    }

    @Test
    void anAnswerThatNeverEndsIsARefusal() {
        app.handle(request -> request.response()
                        .putHeader("content-type", "application/grpc")
                        .write(Buffer.buffer("\0")))
                .listen();
        gateway.open(app.settings(), declared("orders").timeout(Duration.ofMillis(200)));

        assertThat(gateway.deliver("orders", "1")).isEqualTo(new Refused(0, "timed out after 200 ms"));
    }

    @Test
    void anAppThatSpeaksAnOlderHttpIsUnreachable() {
        var old = new TestGrpcApp(gateway.vertx, new HttpServerOptions().setHttp2ClearTextEnabled(false)).listen();
        gateway.open(old.settings(), declared("orders").timeout(Duration.ofSeconds(2)));

        assertThat(gateway.deliver("orders", "1")).isInstanceOf(Unreachable.class);
        gateway.stop();
        assertThat(gateway.complaints.take()).as("Vert.x's own").allMatch(line -> line.startsWith("io.vertx"));
    }

    @Test
    void anAppThatAcceptsConnectionsAndSaysNothingIsUnreachable() {
        Waiting.get(gateway.vertx.createNetServer().connectHandler(silent -> {}).listen(app.port(), "127.0.0.1"));
        gateway.open(app.settings(), declared("orders").timeout(Duration.ofMillis(300)));

        assertThat(gateway.deliver("orders", record("1"))).isInstanceOf(Unreachable.class);
        gateway.stop();
        assertThat(gateway.complaints.take()).as("Vert.x's own").allMatch(line -> line.startsWith("io.vertx"));
    }

    private void handle(Handler<HttpServerRequest> handler) {
        app.handle(handler).listen();
        gateway.open(app.settings(), declared("orders"));
    }

    /** The details are a google.rpc.Status of code 8 with a RetryInfo, as gRPC's libraries write it: of 90.5 seconds, and of more than can be reckoned with. */
    @ParameterizedTest
    @CsvSource({
        "8, grpc-status-details-bin, CAgaNgoodHlwZS5nb29nbGVhcGlzLmNvbS9nb29nbGUucnBjLlJldHJ5SW5mbxIKCggIWhCAyrXuAQ,"
                + " 90500",
        "8, grpc-status-details-bin, CAgaPgoodHlwZS5nb29nbGVhcGlzLmNvbS9nb29nbGUucnBjLlJldHJ5SW5m"
                + "bxISChAI//////////9/EICo1rkH, 3600000",
        "14, grpc-status-details-bin, %%%, 0",
        "14, grpc-status-details-bin, CAg=, 0",
        "14, grpc-retry-pushback-ms, 250, 250",
        "14, grpc-retry-pushback-ms, -1, 0",
        "14, retry-after, 2, 2000",
        "8, retry-after, 99999, 3600000",
        "13, retry-after, 2, 0"
    })
    void anAppThatIsOverloadedMayAskForAPause(int code, String name, String value, long millis) {
        app.handle(request -> {
                    request.response().putTrailer(name, value);
                    TestGrpcApp.answer(request, Buffer.buffer(), String.valueOf(code));
                })
                .listen();
        gateway.open(app.settings(), declared("orders"));

        assertThat(gateway.deliver("orders", "1"))
                .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.retryAfter())
                        .isEqualTo(Duration.ofMillis(millis)));
    }

    private void assertAcknowledgedAndNotFollowed() {
        assertThat(gateway.deliver("orders", "1")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
        assertThat(gateway.deliver("orders", "2")).isEqualTo(DeliveryResult.ACKNOWLEDGED);
        assertThat(gateway.complaints.take()).as("told once a minute").hasSize(1);
    }

    private void assertRefused(int status, String reason) {
        assertThat(gateway.deliver("orders", "1")).isEqualTo(new Refused(status, reason));
    }
}
