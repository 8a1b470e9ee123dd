package io.sluice.core.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

class ByteBudgetTest {
    private final ByteBudget budget = new ByteBudget(1_000);

    @Test
    void whatIsReservedIsNotFreeUntilItIsReleased() {
        assertThat(budget.tryReserve(600)).isTrue();
        assertThat(budget.tryReserve(401)).isFalse();
        assertThat(budget.tryReserve(400)).isTrue();
        assertThat(budget.free()).isZero();

        budget.release(600);

        assertThat(budget.reserved()).isEqualTo(400);
        assertThat(budget.tryReserve(600)).isTrue();
    }

    @Test
    void whatIsThereAlreadyCountsThoughItDoesNotFit() {
        budget.reserve(1_500);

        assertThat(budget.free()).isEqualTo(-500);
        assertThat(budget.tryReserve(1)).isFalse();

        budget.release(1_500);
        assertThat(budget.tryReserve(1_000)).isTrue();
    }

    @Test
    void oneThatIsLargerThanAllThereIsGoesAlone() {
        assertThat(budget.tryReserve(5_000)).isTrue();
        assertThat(budget.tryReserve(1)).isFalse();

        budget.release(5_000);
        assertThat(budget.tryReserve(1)).isTrue();
        assertThat(budget.tryReserve(5_000)).isFalse();
    }

    @Test
    void aGreedyHolderLeavesAsMuchAsItHas() {
        long first = takeAll(10);
        assertThat(first).isEqualTo(500);

        long second = takeAll(10);
        assertThat(second).isEqualTo(250);

        assertThat(budget.tryReserve(10, 0)).isTrue();
    }

    private long takeAll(long step) {
        long held = 0;
        while (budget.tryReserve(step, held)) {
            held += step;
        }
        return held;
    }

    @Test
    void greedyHoldersEndWithEqualShares() {
        long[] held = new long[9];
        for (boolean more = true; more; ) {
            more = false;
            for (int i = 0; i < held.length; i++) {
                if (budget.tryReserve(1, held[i])) {
                    held[i]++;
                    more = true;
                }
            }
        }

        assertThat(held).containsOnly(100L);
        assertThat(budget.free()).isEqualTo(100);
    }

    @Test
    void oneThatHoldsNothingIsNeverToldToTakeNoMore() {
        budget.reserve(2_000);

        assertThat(budget.isShortFor(0)).isFalse();
        assertThat(budget.isShortFor(1)).isTrue();
        assertThat(budget.isEnoughFor(1)).isFalse();
        assertThat(budget.isEnoughFor(0)).isTrue();
    }

    @Test
    void oneThatWasToldGoesOnWhenItHoldsHalfOfWhatIsLeft() {
        budget.reserve(500);
        assertThat(budget.isShortFor(500)).isTrue();

        budget.release(200);
        assertThat(budget.isEnoughFor(300)).isTrue();
        assertThat(budget.isEnoughFor(351)).isFalse();
    }

    @Test
    void threadsThatComeAndGoLeaveNothingBehind() throws InterruptedException {
        var threads = new Thread[4];
        var begin = new CountDownLatch(1);
        for (int i = 0; i < threads.length; i++) {
            threads[i] = new Thread(() -> comeAndGo(begin));
            threads[i].start();
        }
        begin.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(budget.reserved()).isZero();
    }

    private void comeAndGo(CountDownLatch begin) {
        try {
            begin.await();
        } catch (InterruptedException e) {
            return;
        }
        for (int i = 0; i < 20_000; i++) {
            long bytes = ThreadLocalRandom.current().nextLong(1, 500);
            if (budget.tryReserve(bytes, i % 3)) {
                budget.release(bytes);
            }
        }
    }
}
