package io.sluice.kafka.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.core.message.InvokeOutcome.Stored;
import io.sluice.kafka.produce.AckCollector.Settled;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AckCollectorTest {

    @Test
    void whatComesWhileAHandOverIsScheduledCrossesTogetherAndInOrder() throws Exception {
        var vertx = Vertx.vertx();
        var context = vertx.getOrCreateContext();
        BlockingQueue<List<Settled>> drained = new LinkedBlockingQueue<>();
        var collector = new AckCollector(context, drained::add);
        var release = new CountDownLatch(1);
        context.runOnContext(v -> awaitLatch(release));

        LongStream.range(0, 100).forEach(id -> collector.add(settled(id)));
        release.countDown();
        List<Settled> first = drained.poll(5, TimeUnit.SECONDS);
        collector.add(settled(100));
        List<Settled> second = drained.poll(5, TimeUnit.SECONDS);

        assertThat(first)
                .map(settled -> settled.call().id())
                .isEqualTo(LongStream.range(0, 100).boxed().toList());
        assertThat(second).map(settled -> settled.call().id()).containsExactly(100L);
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void whatCouldNotBeHandedOverCrossesWithTheNext() throws Exception {
        var vertx = Vertx.vertx();
        BlockingQueue<List<Settled>> drained = new LinkedBlockingQueue<>();
        var collector = new AckCollector(failingOnce(vertx.getOrCreateContext()), drained::add);

        assertThatThrownBy(() -> collector.add(settled(0))).isInstanceOf(OutOfMemoryError.class);
        collector.add(settled(1));

        assertThat(drained.poll(5, TimeUnit.SECONDS))
                .map(settled -> settled.call().id())
                .containsExactly(0L, 1L);
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    /** The context, but its first hand-over does not come about. */
    private static Context failingOnce(Context context) {
        var failed = new AtomicBoolean();
        return (Context) Proxy.newProxyInstance(
                Context.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, args) -> {
                    if (failed.compareAndSet(false, true)) {
                        throw new OutOfMemoryError("no room for a task");
                    }
                    return method.invoke(context, args);
                });
    }

    private static Settled settled(long id) {
        return new Settled(new Call((i, outcome, mail) -> {}, null, id, true, 0), 1, new Stored("t", 0, id));
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
