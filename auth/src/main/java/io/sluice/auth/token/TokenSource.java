package io.sluice.auth.token;

import io.sluice.core.binding.Secret;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The token of one login. While clients use it, the next token is fetched ahead of the old one's end, and a fetch that fails
 * is tried again, ever more slowly, while the old token goes on being handed out as long as it is good.
 *
 * <pre>
 *              retain()                            fetched
 *   unused ──────────────► waiting to refresh ◄─────────────── fetching ◄── token(), with none that is good
 *      ▲                     │    │      │   time to refresh      ▲
 *      └─────────────────────┘    │      └────────────────────────┘
 *           last release()        └ after a failure: back-off
 * </pre>
 *
 * <p>There is never more than one fetch under way. Safe for use from any thread.
 */
public final class TokenSource {
    private static final Logger log = LoggerFactory.getLogger(TokenSource.class);
    private static final long FIRST_PAUSE_MS = 500;
    private static final long LONGEST_PAUSE_MS = 2_000;

    private final Context context;
    private final TokenFetcher fetcher;
    private final LongSupplier clock;
    private final Runnable whenUnused;

    private volatile @Nullable HeldToken held;
    private volatile @Nullable TokenException obstacle;

    // From here on, what belongs to the context.
    private @Nullable Future<Secret> fetching;
    private int users;
    private @Nullable Long timer;
    private long pause = FIRST_PAUSE_MS;
    private long retryAt;
    private final Renewal renewal = new Renewal();

    /**
     * @param context lives as long as the source may be used: not that of a verticle
     * @param clock milliseconds that only go forward
     * @param whenUnused is called after the last {@link #release}
     */
    public TokenSource(Context context, TokenFetcher fetcher, LongSupplier clock, Runnable whenUnused) {
        this.context = context;
        this.fetcher = fetcher;
        this.clock = clock;
        this.whenUnused = whenUnused;
        this.retryAt = clock.getAsLong();
    }

    /**
     * The token at hand; never waits, so it is for threads that must not.
     *
     * @throws TokenException when there is none that is good
     */
    public Secret current() throws TokenException {
        HeldToken known = held;
        if (known != null && known.isGoodAt(clock.getAsLong())) {
            return known.value();
        }
        TokenException why = obstacle;
        throw why != null ? why : new TokenException(fetcher.origin() + " has not answered yet");
    }

    /**
     * The token at hand, or the one that is being fetched. Blocks the caller: not for an event loop.
     *
     * @throws TokenException when the fetch fails, failed a moment ago, or takes longer than {@code limit}
     */
    public Secret await(Duration limit) throws TokenException {
        try {
            return token().toCompletionStage().toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof TokenException why ? why : new TokenException(String.valueOf(e.getCause()));
        } catch (TimeoutException e) {
            throw new TokenException(fetcher.origin() + " has not answered for " + limit.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TokenException("interrupted while waiting for a token");
        }
    }

    /** The token at hand, or the one that is being fetched; fails with a {@link TokenException}. */
    public Future<Secret> token() {
        return Future.future(
                promise -> context.runOnContext(v -> onHandOrFetched().onComplete(promise)));
    }

    /** One more client uses the tokens: from the first on they are refreshed. */
    public void retain() {
        context.runOnContext(v -> {
            users++;
            schedule();
        });
    }

    /** One client less; after the last one nothing is fetched unless somebody asks. */
    public void release() {
        context.runOnContext(v -> {
            users--;
            schedule();
            if (users == 0) {
                whenUnused.run();
            }
        });
    }

    /**
     * The token at hand was refused, though it is good by its issuer's word. It goes on being handed out until there is
     * another one, which is fetched now or, if that was done a moment ago, after one of the next refusals.
     */
    public void refused() {
        context.runOnContext(v -> {
            long now = clock.getAsLong();
            HeldToken known = held;
            boolean failedJustNow = obstacle != null && now < retryAt;
            if (known != null && renewal.isNews(now)) {
                tellRefused(known.value());
            }
            if (known != null && !failedJustNow && renewal.isDue(known.fetchedAt(), now)) {
                fetchUnattended();
            }
        });
    }

    private void tellRefused(Secret token) {
        LoggingEventBuilder line = log.atWarn().addKeyValue("from", fetcher.origin());
        for (Map.Entry<String, String> claim : Claims.of(token).entrySet()) {
            line = line.addKeyValue("token." + claim.getKey(), claim.getValue());
        }
        line.log("brokers refuse this token; asking for another one now and then");
    }

    private Future<Secret> onHandOrFetched() {
        long now = clock.getAsLong();
        HeldToken known = held;
        if (known != null && known.isGoodAt(now)) {
            return Future.succeededFuture(known.value());
        }
        TokenException why = obstacle;
        boolean failedJustNow = fetching == null && why != null && now < retryAt;
        return failedJustNow ? Future.failedFuture(why) : fetch();
    }

    private Future<Secret> fetch() {
        if (fetching != null) {
            return fetching;
        }
        // A promise, not the composed future: the fetch may be over before it could be assigned.
        Promise<Secret> promise = Promise.promise();
        fetching = promise.future();
        Future.succeededFuture()
                .compose(v -> fetcher.fetch())
                .onComplete(fetched -> context.runOnContext(v -> finish(fetched, promise)));
        return promise.future();
    }

    private void finish(AsyncResult<Token> fetched, Promise<Secret> promise) {
        fetching = null;
        if (fetched.succeeded()) {
            succeed(HeldToken.of(fetched.result(), clock.getAsLong()), promise);
        } else {
            Throwable cause = fetched.cause();
            fail(cause instanceof TokenException why ? why : new TokenException(String.valueOf(cause)), promise);
        }
        schedule();
    }

    private void succeed(HeldToken token, Promise<Secret> promise) {
        if (obstacle != null) {
            log.atInfo().addKeyValue("from", fetcher.origin()).log("there are tokens again");
        }
        held = token;
        obstacle = null;
        pause = FIRST_PAUSE_MS;
        promise.complete(token.value());
    }

    private void fail(TokenException why, Promise<Secret> promise) {
        TokenException former = obstacle;
        if (former == null || !Objects.equals(former.getMessage(), why.getMessage())) {
            log.atWarn().addKeyValue("reason", why.getMessage()).log("no new token; trying again until there is one");
        }
        obstacle = why;
        long now = clock.getAsLong();
        retryAt = now + Math.min(pause, Math.max(FIRST_PAUSE_MS, left(now) / 4));
        pause = Math.min(LONGEST_PAUSE_MS, pause * 2);
        promise.fail(why);
    }

    /** How long the token at hand is good, so that there are some more attempts in that time. */
    private long left(long now) {
        HeldToken known = held;
        return known == null || !known.isGoodAt(now) ? Long.MAX_VALUE : known.end() - now;
    }

    private void schedule() {
        if (timer != null) {
            context.owner().cancelTimer(timer);
            timer = null;
        }
        if (users > 0 && fetching == null) {
            long wait = Math.max(1, nextFetchAt() - clock.getAsLong());
            timer = context.owner().setTimer(wait, due -> {
                timer = null;
                fetchUnattended();
            });
        }
    }

    private void fetchUnattended() {
        fetch().onFailure(logged -> {});
    }

    private long nextFetchAt() {
        HeldToken known = held;
        long due = known == null ? retryAt : known.refreshAt();
        return obstacle == null ? due : Math.max(due, retryAt);
    }
}
