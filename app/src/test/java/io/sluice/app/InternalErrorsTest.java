package io.sluice.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.core.health.Health;
import io.sluice.core.health.Health.Status;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InternalErrorsTest {
    private final Vertx vertx = Vertx.vertx();
    private final Health health = new Health();
    private final AtomicLong now = new AtomicLong();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final InternalErrors errors = new InternalErrors(health, now::get);

    @BeforeEach
    void follow() {
        errors.follow(vertx);
        errors.show(meters, "app");
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void whatATimerThrowsIsCountedAndRedAndTheTimerGoesOn() throws Exception {
        var rounds = new CountDownLatch(3);

        vertx.setPeriodic(1, timer -> {
            rounds.countDown();
            throw new NoClassDefFoundError("io/sluice/Gone");
        });

        assertThat(rounds.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(counted()).isGreaterThanOrEqualTo(2);
        assertThat(internal().ready()).isFalse();
        assertThat(internal().detail()).contains("NoClassDefFoundError", "event");
    }

    @Test
    void theTextOfAnErrorIsNotInHealthAndMemoryHasItsRemedy() {
        errors.report(new Thread("t"), new IllegalStateException("record 4711"));
        assertThat(internal().detail()).contains("IllegalStateException").doesNotContain("4711");

        errors.report(new Thread("t"), new OutOfMemoryError("Java heap space"));
        assertThat(internal().detail()).contains("OutOfMemoryError", "-Xmx");
    }

    @Test
    void itIsWellAgainAfterAMinuteWithoutAnother() {
        errors.report(Thread.currentThread(), new IllegalStateException());
        pass(InternalErrors.QUIET.minusNanos(1));
        errors.look();
        assertThat(internal().ready()).isFalse();

        pass(Duration.ofNanos(1));
        errors.look();

        assertThat(internal().ready()).isTrue();
        assertThat(counted()).isEqualTo(1);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private double counted() {
        return meters.get("sluice_internal_errors").functionCounter().count();
    }

    private Status internal() {
        return health.targets().get("internal");
    }
}
