package io.sluice.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.health.Startup.Stage;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StartupTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 7);
    private final Startup startup = new Startup(now::get);

    @Test
    void nothingIsReadyBeforeTheApisListen() {
        assertThat(startup.isServing()).isFalse();
        assertThat(startup.missing()).containsExactly("gateway");
    }

    @Test
    void outputIsReadyWithTheApisAndTheRestWithTheLastPart() {
        startup.reached(Stage.SERVING);

        assertThat(startup.isServing()).isTrue();
        assertThat(startup.missing()).containsExactly("gateway");
        startup.reached(Stage.STARTED);
        assertThat(startup.missing()).isEmpty();
    }

    @Test
    void anAppThatNeverListensIsWaitedForWithoutAnEnd() {
        startup.appAwaited();
        startup.inputAwaited("in", Set.of("t"), true, LIMIT);
        startup.reached(Stage.STARTED);

        pass(Duration.ofDays(1));

        assertThat(startup.missing()).containsExactly("app", "input:in");
        assertThat(startup.isServing()).isTrue();
    }

    @Test
    void anInputForTheAppHasItsTimeFromWhenTheAppListens() {
        startup.appAwaited();
        startup.inputAwaited("in", Set.of("t"), true, LIMIT);
        startup.reached(Stage.STARTED);
        pass(Duration.ofMinutes(1));

        startup.appListens();
        pass(LIMIT.minusNanos(1));
        assertThat(startup.missing()).containsExactly("input:in");
        pass(Duration.ofNanos(1));

        assertThat(startup.missing()).isEmpty();
    }

    @Test
    void anInputThatIsAddedLongAfterTheAppListensHasItsTimeToo() {
        startup.appAwaited();
        startup.appListens();
        startup.reached(Stage.STARTED);
        pass(Duration.ofMinutes(1));

        startup.inputAwaited("in", Set.of("t"), true, LIMIT);

        assertThat(startup.missing()).containsExactly("input:in");
    }

    @Test
    void anInputForTheEventBusDoesNotWaitForTheApp() {
        startup.appAwaited();
        startup.inputAwaited("in", Set.of("t"), false, LIMIT);
        startup.reached(Stage.STARTED);

        pass(LIMIT);

        assertThat(startup.missing()).containsExactly("app");
    }

    @Test
    void anInputIsReadyWithTheLastOfItsTopicsOrWhenTheAppDoesNotWantIt() {
        startup.inputAwaited("in", Set.of("a", "b"), false, LIMIT);
        startup.inputAwaited("unwanted", Set.of("a"), false, LIMIT);
        startup.reached(Stage.STARTED);

        startup.inputAssigned("in", "a");
        startup.inputAssigned("in", "a");
        assertThat(startup.missing()).containsExactly("input:in", "input:unwanted");
        startup.inputUnwanted("unwanted");
        assertThat(startup.missing()).containsExactly("input:in");
        startup.inputAssigned("in", "b");

        assertThat(startup.missing()).isEmpty();
    }

    @Test
    void anInputThatTheAppDeclinesBeforeItIsDeployedIsNotAwaited() {
        startup.inputUnwanted("in");
        startup.inputAwaited("in", Set.of("t"), true, LIMIT);
        startup.reached(Stage.STARTED);

        assertThat(startup.missing()).isEmpty();
    }

    @Test
    void anInputThatIsGoneIsNotAwaitedAndItsSuccessorIs() {
        startup.inputUnwanted("in");
        startup.inputGone("in");
        startup.inputAwaited("in", Set.of("t"), false, LIMIT);
        startup.reached(Stage.STARTED);
        assertThat(startup.missing()).containsExactly("input:in");

        startup.inputGone("in");

        assertThat(startup.missing()).isEmpty();
    }

    @Test
    void whatComesAfterTheFirstTimeIsNotWaitedFor() {
        startup.reached(Stage.STARTED);
        assertThat(startup.missing()).isEmpty();

        startup.inputAwaited("later", Set.of("t"), false, LIMIT);

        assertThat(startup.missing()).isEmpty();
    }

    @Test
    void whoeverStopsIsNotReadyAnyMore() {
        startup.reached(Stage.STARTED);
        assertThat(startup.missing()).isEmpty();

        startup.reached(Stage.STOPPING);
        startup.reached(Stage.STARTED);

        assertThat(startup.isServing()).isFalse();
        assertThat(startup.missing()).containsExactly("gateway");
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
