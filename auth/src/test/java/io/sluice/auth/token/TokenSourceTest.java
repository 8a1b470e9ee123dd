package io.sluice.auth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.core.binding.Secret;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokenSourceTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SOON = Duration.ofSeconds(10);

    private final Vertx vertx = Vertx.vertx();
    private final FakeFetcher fetcher = new FakeFetcher();
    private final AtomicInteger unused = new AtomicInteger();
    private final TokenSource source = new TokenSource(
            vertx.getOrCreateContext(),
            fetcher,
            () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()),
            unused::incrementAndGet);

    /** Numbers its tokens. */
    private static final class FakeFetcher implements TokenFetcher {
        private final AtomicInteger calls = new AtomicInteger();
        private volatile Duration lifetime = LONG;
        private volatile boolean down;
        private volatile Future<Void> gate = Future.succeededFuture();

        @Override
        public String origin() {
            return "the fake";
        }

        @Override
        public Future<Token> fetch() {
            int number = calls.incrementAndGet();
            return gate.compose(v -> down
                    ? Future.failedFuture(new TokenException("the fake is down"))
                    : Future.succeededFuture(new Token(new Secret("token-" + number), lifetime)));
        }
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void theFirstToAskFetchesAndAllOthersGetTheSameToken() throws Exception {
        assertThat(source.await(SOON).reveal()).isEqualTo("token-1");
        assertThat(source.await(SOON).reveal()).isEqualTo("token-1");
        assertThat(source.current().reveal()).isEqualTo("token-1");
        assertThat(fetcher.calls).hasValue(1);
    }

    @Test
    void manyThatAskAtOnceWaitForOneFetch() {
        Promise<Void> open = Promise.promise();
        fetcher.gate = open.future();
        List<Future<Secret>> waiting =
                IntStream.range(0, 20).mapToObj(i -> source.token()).toList();

        await().atMost(SOON).until(() -> fetcher.calls.get() == 1);
        open.complete();

        waiting.forEach(token -> assertThat(token.await().reveal()).isEqualTo("token-1"));
        assertThat(fetcher.calls).hasValue(1);
    }

    @Test
    void aTokenInUseIsRefreshedAheadOfItsEndSoThatThereAlwaysIsOne() throws Exception {
        fetcher.lifetime = Duration.ofMillis(400);
        source.await(SOON);
        source.retain();

        await().atMost(SOON).pollInterval(Duration.ofMillis(5)).until(() -> {
            source.current();
            return fetcher.calls.get() >= 5;
        });
    }

    @Test
    void aTokenThatNobodyUsesIsNotRefreshed() throws Exception {
        fetcher.lifetime = Duration.ofMillis(100);
        source.retain();
        source.retain();
        await().atMost(SOON).until(() -> fetcher.calls.get() >= 3);
        source.release();
        assertThat(unused).hasValue(0);
        source.release();

        await().atMost(SOON).until(this::hasNoToken);

        assertThat(unused).hasValue(1);
        assertThat(source.await(SOON)).isNotNull();
    }

    @Test
    void whileTheFetchFailsTheOldTokenGoesOnBeingHandedOutAsLongAsItIsGood() throws Exception {
        fetcher.lifetime = Duration.ofMillis(1500);
        source.await(SOON);
        source.retain();
        fetcher.down = true;

        await().atMost(SOON).until(() -> fetcher.calls.get() >= 2);
        assertThat(source.current().reveal()).isEqualTo("token-1");
        assertThat(source.await(SOON).reveal()).isEqualTo("token-1");

        await().atMost(SOON).until(this::hasNoToken);
        assertThatThrownBy(source::current).isInstanceOf(TokenException.class).hasMessage("the fake is down");
    }

    @Test
    void afterAFailureItIsTriedAgainUntilThereIsAToken() {
        fetcher.down = true;
        source.retain();
        await().atMost(SOON).until(() -> fetcher.calls.get() >= 2);

        fetcher.down = false;

        await().atMost(SOON).until(() -> !hasNoToken());
    }

    @Test
    void whoeverAsksRightAfterAFailureHearsOfItWithoutAnotherFetch() {
        fetcher.down = true;

        assertThatThrownBy(() -> source.await(SOON)).hasMessage("the fake is down");
        assertThatThrownBy(() -> source.await(SOON)).hasMessage("the fake is down");

        assertThat(fetcher.calls).hasValue(1);
    }

    @Test
    void whoeverHasWaitedLongEnoughHearsThatThereIsNoAnswerAndTheFetchGoesOn() throws Exception {
        Promise<Void> open = Promise.promise();
        fetcher.gate = open.future();

        assertThatThrownBy(() -> source.await(Duration.ofMillis(50)))
                .isInstanceOf(TokenException.class)
                .hasMessage("the fake has not answered for 0 s");
        open.complete();

        assertThat(source.await(SOON).reveal()).isEqualTo("token-1");
        assertThat(fetcher.calls).hasValue(1);
    }

    @Test
    void aRefusedTokenIsHandedOutUntilThereIsAnotherOne() throws Exception {
        source.await(SOON);
        source.retain();
        Promise<Void> open = Promise.promise();
        fetcher.gate = open.future();

        await().atMost(SOON).until(() -> {
            source.refused();
            return fetcher.calls.get() == 2;
        });
        assertThat(source.current().reveal()).isEqualTo("token-1");
        open.complete();

        await().atMost(SOON).until(() -> source.current().reveal().equals("token-2"));
    }

    @Test
    void aTokenThatIsRefusedWhenItHasJustComeStays() throws Exception {
        source.await(SOON);

        source.refused();

        // In the order of the calls: whatever the refusal started has started by now.
        assertThat(source.token().await().reveal()).isEqualTo("token-1");
        assertThat(fetcher.calls).hasValue(1);
    }

    private boolean hasNoToken() {
        try {
            source.current();
            return false;
        } catch (TokenException e) {
            return true;
        }
    }
}
