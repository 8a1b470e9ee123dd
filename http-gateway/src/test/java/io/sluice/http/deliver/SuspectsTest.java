package io.sluice.http.deliver;

import static io.sluice.http.deliver.InputBinding.declared;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.core.message.Delivery;
import io.sluice.core.message.Delivery.Coordinates;
import io.sluice.core.message.DeliveryResult;
import io.sluice.core.message.DeliveryResult.Refused;
import io.sluice.core.message.DeliveryResult.Unreachable;
import io.sluice.http.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records whose connections break. */
class SuspectsTest {
    private static final String POISON = "poison";

    private final DeliveryHarness gateway = new DeliveryHarness();
    private final TestApp app = new TestApp(gateway.vertx);
    private final List<HttpConnection> connections = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        gateway.complaints.take();
        gateway.close();
    }

    private static Delivery record(int offset, String value) {
        return new Delivery(
                new Coordinates("topic", 0, offset), 1, null, value.getBytes(StandardCharsets.UTF_8), List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "h2c"})
    void anAppThatDiesOnEveryRequestHasRefusedNothing(String protocol) {
        app.handle(request -> request.connection().close()).listen();
        gateway.open(DeliveryHarness.protocol(app, protocol), declared("orders"));

        for (int round = 0; round < 10; round++) {
            assertThat(gateway.deliver("orders", record(0, "1"))).isInstanceOf(Unreachable.class);
            assertThat(gateway.deliver("orders", record(1, "2"))).isInstanceOf(Unreachable.class);
        }
        assertThat(gateway.complaints.take()).as("told once a minute").hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "h2c"})
    void aRecordThatBreaksItsConnectionThreeTimesWhileOthersAreAnsweredIsRefused(String protocol) {
        app.handle(request -> request.body().onSuccess(body -> {
                    if (body.toString().equals(POISON)) {
                        request.connection().close();
                    } else {
                        request.response().end();
                    }
                }))
                .listen();
        gateway.open(DeliveryHarness.protocol(app, protocol), declared("orders"));

        for (int round = 1; round <= 2; round++) {
            assertThat(gateway.deliver("orders", record(0, POISON))).isInstanceOf(Unreachable.class);
            assertThat(gateway.deliver("orders", record(round, "good"))).isEqualTo(DeliveryResult.ACKNOWLEDGED);
        }

        assertThat(gateway.deliver("orders", record(0, POISON))).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.status()).isZero();
            assertThat(refused.reason()).startsWith("it broke its connection 3 times");
        });
    }

    /** One record kills the app, which takes along every connection; delivered again and again, only that one is refused. */
    @Test
    void whoIsTakenAlongByADyingAppIsNotToBlame() {
        app.handle(request -> {
                    connections.add(request.connection());
                    request.body().onSuccess(body -> {
                        // On a connection of its own each: one that was kept is not told from one that the app closes
                        // as idle.
                        request.response().putHeader("connection", "close");
                        if (body.toString().equals(POISON)) {
                            List.copyOf(connections).forEach(connection -> connection.close());
                            connections.clear();
                        } else {
                            gateway.vertx.setTimer(
                                    20, later -> request.response().end());
                        }
                    });
                })
                .listen();
        gateway.open(settings(), declared("orders"));
        var all = new ArrayList<Delivery>();
        IntStream.range(0, 30).forEach(i -> all.add(record(i, "good")));
        all.add(15, record(100, POISON));

        Map<Long, DeliveryResult> settled = deliverUntilSettled(all);

        assertThat(settled.remove(100L)).isInstanceOf(Refused.class);
        assertThat(settled).hasSize(30).allSatisfy((offset, result) -> assertThat(result)
                .isEqualTo(DeliveryResult.ACKNOWLEDGED));
    }

    private AppChannelSettings settings() {
        return DeliveryHarness.settings(app);
    }

    /** As a consumer does: what was not answered is sent again, beside others. */
    private Map<Long, DeliveryResult> deliverUntilSettled(List<Delivery> all) {
        var settled = new LinkedHashMap<Long, DeliveryResult>();
        await().until(() -> {
            var open = all.stream()
                    .filter(record -> !settled.containsKey(record.coordinates().offset()))
                    .toList();
            var results = gateway.send("orders", open.toArray(Delivery[]::new));
            for (int i = 0; i < open.size(); i++) {
                DeliveryResult result = Waiting.get(results.get(i).future());
                if (!(result instanceof Unreachable)) {
                    settled.put(open.get(i).coordinates().offset(), result);
                }
            }
            gateway.deliver("orders", record(1000, "another"));
            return settled.size() == all.size();
        });
        return settled;
    }

    @Test
    void aSuspectThatTakesItsTimeDoesNotHoldUpTheOthersForLong() {
        var begun = new CopyOnWriteArrayList<Integer>();
        var suspects = new Suspects(gateway.vertx, 50, new Occasionally());
        Waiting.get(onContext(() -> {
            for (int i = 0; i < 3; i++) {
                suspects.broke("orders", at(i), "it was closed");
            }
            for (int i = 0; i < 3; i++) {
                int number = i;
                suspects.enter("orders", at(i), () -> begun.add(number));
            }
            assertThat(begun).containsExactly(0);
            suspects.answered("orders", at(0));
            assertThat(begun).containsExactly(0, 1);
        }));

        await().untilAsserted(() -> assertThat(begun).containsExactly(0, 1, 2));
    }

    /** Two that the app takes long for come to be under way at once; when it dies then, nobody knows of whom. */
    @Test
    void whoBreaksItsConnectionBesideAnotherSuspectIsNotToBlame() {
        var suspects = new Suspects(gateway.vertx, 1, new Occasionally());
        Waiting.get(onContext(() -> {
            suspects.broke("orders", at(1), "it was closed");
            suspects.broke("orders", at(2), "it was closed");
        }));

        for (int round = 0; round < 5; round++) {
            var begun = new CopyOnWriteArrayList<Integer>();
            Waiting.get(onContext(() -> {
                suspects.answered("orders", at(1000));
                suspects.enter("orders", at(1), () -> begun.add(1));
                suspects.enter("orders", at(2), () -> begun.add(2));
            }));
            await().until(() -> begun.size() == 2);
            Waiting.get(onContext(() -> {
                assertThat(suspects.broke("orders", at(1), "it was closed")).isInstanceOf(Unreachable.class);
                assertThat(suspects.broke("orders", at(2), "it was closed")).isInstanceOf(Unreachable.class);
            }));
        }
    }

    @Test
    void whoTakesItsTimeAndThenBreaksItsConnectionAloneIsToBlame() {
        var suspects = new Suspects(gateway.vertx, 1, new Occasionally());
        var results = new ArrayList<DeliveryResult>();
        for (int round = 0; round < 3; round++) {
            Promise<Void> tookItsTime = Promise.promise();
            Waiting.get(onContext(() -> {
                suspects.answered("orders", at(1000));
                suspects.enter("orders", at(1), () -> {});
                gateway.vertx.setTimer(20, later -> tookItsTime.complete());
            }));
            Waiting.get(tookItsTime.future());
            Waiting.get(onContext(() -> results.add(suspects.broke("orders", at(1), "it was closed"))));
        }

        assertThat(results.get(2)).isInstanceOf(Refused.class);
    }

    /** Of two that break together, the second time one waits until the other has ended. */
    @Test
    void whatStaysUndecidedIsDeliveredAloneForLongerTheNextTime() {
        var suspects = new Suspects(gateway.vertx, 300, new Occasionally());
        var begun = new CopyOnWriteArrayList<Integer>();
        Waiting.get(onContext(() -> {
            suspects.broke("orders", at(1), "it was closed");
            suspects.broke("orders", at(2), "it was closed");
            suspects.enter("orders", at(1), () -> begun.add(1));
            suspects.enter("orders", at(2), () -> begun.add(2));
        }));
        await().until(() -> begun.size() == 2);
        long begin = System.nanoTime();
        Waiting.get(onContext(() -> {
            suspects.broke("orders", at(1), "it was closed");
            suspects.broke("orders", at(2), "it was closed");
            suspects.enter("orders", at(1), () -> begun.add(1));
            suspects.enter("orders", at(2), () -> begun.add(2));
        }));
        await().until(() -> begun.size() == 4);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(590));
    }

    @Test
    void whoWaitsForItsTurnIsLetGoAtTheEnd() {
        var begun = new CopyOnWriteArrayList<Integer>();
        var suspects = new Suspects(gateway.vertx, 60_000, new Occasionally());
        Waiting.get(onContext(() -> {
            for (int i = 0; i < 20_000; i++) {
                suspects.broke("orders", at(i % 5_000), "it was closed");
            }
            for (int i = 0; i < 5_000; i++) {
                int number = i;
                suspects.enter("orders", at(i), () -> {
                    begun.add(number);
                    suspects.away("orders", at(number));
                });
            }
            suspects.close();
        }));

        assertThat(begun).hasSize(5_000);
    }

    private static Coordinates at(int offset) {
        return new Coordinates("topic", 0, offset);
    }

    private Future<Void> onContext(Runnable test) {
        var done = Promise.<Void>promise();
        gateway.vertx.runOnContext(now -> {
            try {
                test.run();
                done.complete();
            } catch (Throwable failure) {
                done.fail(failure);
            }
        });
        return done.future();
    }
}
