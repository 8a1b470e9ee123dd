package io.sluice.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RoundsTest {
    private static final Duration LIMIT = Duration.ofMillis(200);

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void aRoundBeginsWhenThePauseAfterTheLastIsOver() throws Exception {
        rounds(List.of(
                () -> Future.succeededFuture(Duration.ofMillis(5)), () -> Future.succeededFuture(Duration.ZERO)));

        assertThat(List.of(next(), next(), next())).containsExactly("round", "round", "round");
    }

    @Test
    void whateverEndsARoundIsReportedAndTheNextOneComes() throws Exception {
        rounds(List.of(
                () -> {
                    throw new NoClassDefFoundError("gone");
                },
                () -> Future.failedFuture("failed"),
                () -> Promise.<Duration>promise().future()));

        for (String cause : List.of("gone", "failed", "timeout")) {
            assertThat(next()).isEqualTo("round");
            assertThat(next()).containsIgnoringCase(cause);
        }
        assertThat(next()).isEqualTo("round");
    }

    @Test
    void aRoundThatIsHastenedDoesNotWaitForItsTime() throws Exception {
        Rounds rounds = rounds(List.of(() -> Future.succeededFuture(Duration.ofHours(1))));
        assertThat(next()).isEqualTo("round");

        String event;
        do {
            rounds.hasten();
            event = events.poll(10, TimeUnit.MILLISECONDS);
        } while (event == null);

        assertThat(event).isEqualTo("round");
    }

    @Test
    void aRoundThatGoesOnIsNotHastened() throws Exception {
        Promise<Duration> slow = Promise.promise();
        Rounds rounds = rounds(List.of(slow::future));
        assertThat(next()).isEqualTo("round");

        rounds.hasten();
        slow.complete(Duration.ofMillis(5));

        assertThat(next()).isEqualTo("round");
        assertThat(events.poll(100, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void nothingBeginsAfterTheStop() throws Exception {
        Rounds rounds = rounds(List.of(() -> Future.succeededFuture(Duration.ofMillis(20))));
        assertThat(next()).isEqualTo("round");

        rounds.stop();

        assertThat(events.poll(100, TimeUnit.MILLISECONDS)).isNull();
    }

    private Rounds rounds(List<Supplier<Future<Duration>>> each) {
        vertx.exceptionHandler(error -> events.add(error.getCause().toString()));
        Queue<Supplier<Future<Duration>>> left = new ArrayDeque<>(each);
        var rounds = new Rounds(vertx.getOrCreateContext(), "the test", LIMIT, Duration.ofMillis(10), () -> {
            events.add("round");
            Supplier<Future<Duration>> round = left.poll();
            return round == null ? Future.succeededFuture(Duration.ofHours(1)) : round.get();
        });
        rounds.start();
        return rounds;
    }

    private String next() throws InterruptedException {
        String event = events.poll(10, TimeUnit.SECONDS);
        return event == null ? "nothing" : event;
    }
}
