package io.sluice.http.invoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SweeperTest {
    private final Vertx vertx = Vertx.vertx();
    private final Deadlines<String> waiting =
            new Deadlines<>(Duration.ofMillis(50).toNanos());
    private final AtomicInteger sweeps = new AtomicInteger();
    private final AtomicInteger expired = new AtomicInteger();
    private final Sweeper sweeper = new Sweeper(vertx, 1, waiting, this::sweep);

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void whatIsOverItsTimeIsTakenOutAndThenNobodyLooksAnyMore() {
        vertx.runOnContext(v -> add());
        await().until(() -> expired.get() == 1);
        int before = sweeps.get();
        await().during(Duration.ofMillis(50)).until(() -> sweeps.get() == before);
    }

    @Test
    void nobodyLooksBeforeTheEldestIsDue() {
        vertx.runOnContext(v -> add());
        await().until(() -> expired.get() == 1);

        assertThat(sweeps).hasValue(1);
    }

    @Test
    void aLaterOneIsTakenOutInItsTurn() {
        vertx.runOnContext(v -> {
            add();
            vertx.setTimer(20, later -> add());
        });
        await().until(() -> expired.get() == 2);

        assertThat(sweeps).hasValue(2);
    }

    @Test
    void itLooksAgainAfterAPause() {
        vertx.runOnContext(v -> add());
        await().until(() -> expired.get() == 1);
        vertx.runOnContext(v -> add());
        await().untilAsserted(() -> assertThat(expired).hasValue(2));
    }

    private void add() {
        waiting.add("call", System.nanoTime());
        sweeper.wake();
    }

    private void sweep() {
        sweeps.incrementAndGet();
        expired.addAndGet(waiting.expired(System.nanoTime()).size());
    }
}
