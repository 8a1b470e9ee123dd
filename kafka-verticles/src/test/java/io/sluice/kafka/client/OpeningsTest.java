package io.sluice.kafka.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OpeningsTest {
    private static final int SIDE_BY_SIDE = 2;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger open = new AtomicInteger();
    private final CompletableFuture<String> opened = new CompletableFuture<>();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void noMoreThanSoManyAreOpenedAtOnce() {
        var openings = new Openings(SIDE_BY_SIDE, Duration.ofMinutes(1));

        List<CompletableFuture<String>> all = openTen(openings);

        await().until(() -> open.get() == SIDE_BY_SIDE);
        await().during(Duration.ofMillis(100)).until(() -> open.get() == SIDE_BY_SIDE);
        opened.complete("client");
        assertThat(all).allSatisfy(client -> assertThat(client.join()).isEqualTo("client"));
    }

    @Test
    void oneThatCannotBeOpenedDoesNotHoldUpTheOthersForEver() {
        openTen(new Openings(SIDE_BY_SIDE, Duration.ofMillis(1)));

        await().until(() -> open.get() == 10);
    }

    @Test
    void oneThatFailsLeavesItsPlace() {
        var openings = new Openings(1, Duration.ofMinutes(1));

        assertThatThrownBy(() -> openings.open(() -> {
                    throw new IllegalStateException("no such broker");
                }))
                .hasMessage("no such broker");

        assertThat(openings.open(() -> "next")).isEqualTo("next");
    }

    private List<CompletableFuture<String>> openTen(Openings openings) {
        var all = new ArrayList<CompletableFuture<String>>();
        for (int i = 0; i < 10; i++) {
            all.add(CompletableFuture.supplyAsync(
                    () -> openings.open(() -> {
                        open.incrementAndGet();
                        return opened.join();
                    }),
                    threads));
        }
        return all;
    }
}
