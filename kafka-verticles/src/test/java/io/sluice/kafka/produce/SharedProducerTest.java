package io.sluice.kafka.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SharedProducerTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() throws Exception {
        OutputHarness.await(vertx.close());
    }

    @Test
    void eachFailedOpeningIsFollowedByANewAttempt() throws Exception {
        var attempts = new AtomicInteger();
        var shared = shared(() -> {
            if (attempts.incrementAndGet() <= 500) {
                throw new IllegalStateException("not now");
            }
            return new FakeProducer();
        });

        OutputHarness.await(onContext(() -> openUntilItWorks(shared)));

        assertThat(attempts).hasValue(501);
        assertThat(shared.current()).isInstanceOf(FakeProducer.class);
    }

    @Test
    void openingAtOnceOpensOnce() throws Exception {
        var attempts = new AtomicInteger();
        var shared = shared(() -> {
            attempts.incrementAndGet();
            return new FakeProducer();
        });

        Producer<byte[], byte[]> one =
                OutputHarness.await(Future.all(shared.open(), shared.open()).map(both -> both.resultAt(0)));

        assertThat(OutputHarness.await(shared.open())).isSameAs(one);
        assertThat(attempts).hasValue(1);
    }

    @Test
    void closingWaitsForAProducerThatIsBeingOpenedAndClosesItToo() throws Exception {
        var release = new CompletableFuture<Void>();
        var late = new FakeProducer();
        var shared = shared(() -> {
            release.get(5, TimeUnit.SECONDS);
            return late;
        });
        var opening = shared.open();

        var closing = shared.close();
        assertThat(closing.isComplete()).isFalse();
        release.complete(null);
        OutputHarness.await(closing);

        assertThatThrownBy(() -> OutputHarness.await(opening)).hasMessageContaining("the producer is closed");
        assertThat(late.closed).isCompleted();
        assertThat(shared.current()).isNull();
    }

    private SharedProducer shared(Callable<Producer<byte[], byte[]>> opener) {
        return new SharedProducer(vertx, opener, denial -> false);
    }

    private static Future<Producer<byte[], byte[]>> openUntilItWorks(SharedProducer shared) {
        return shared.open().recover(notYet -> openUntilItWorks(shared));
    }

    private <T> Future<T> onContext(Supplier<Future<T>> work) {
        return Future.future(done -> vertx.runOnContext(v -> work.get().onComplete(done)));
    }
}
