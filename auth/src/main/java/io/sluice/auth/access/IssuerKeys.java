package io.sluice.auth.access;

import io.sluice.core.health.Health;
import io.sluice.core.time.Rounds;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.oauth2.OAuth2Auth;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of one issuer. Fetched once before they are needed, at regular times after that, and when a token asks for one
 * that is not there; those that are known stay in use while the issuer is away.
 *
 * <p>Safe for use from any thread.
 */
final class IssuerKeys {
    private static final Logger log = LoggerFactory.getLogger(IssuerKeys.class);

    static final String HEALTH_TARGET = "oidc";

    /** How often whoever sends tokens can make us ask the issuer. */
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(5);

    private static final Duration FETCH_LIMIT = Duration.ofSeconds(8);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofSeconds(30);
    private static final Duration PERIOD = Duration.ofMinutes(5);

    private final OidcSettings settings;
    private final Health health;
    private final LongSupplier nanoTime;
    private final Issuer issuer;
    private volatile @Nullable OAuth2Auth verifier;
    private final AtomicBoolean failing = new AtomicBoolean();
    private final Rounds rounds;
    private volatile boolean closed;
    /** How long to wait while there are no keys; touched by the rounds alone. */
    private Duration retry = FIRST_RETRY;

    private @Nullable Future<Void> fetching;
    private long fetchedNanos;

    private IssuerKeys(Vertx vertx, OidcSettings settings, Health health, LongSupplier nanoTime) {
        this.settings = settings;
        this.health = health;
        this.nanoTime = nanoTime;
        this.fetchedNanos = nanoTime.getAsLong() - SHORTEST_PAUSE.toNanos();
        this.issuer = new Issuer(vertx, settings);
        this.rounds = new Rounds(
                vertx.getOrCreateContext(), "fetching the issuer's keys", FETCH_LIMIT.multipliedBy(2), this::round);
    }

    /** Begins to fetch the keys, and tries until it has them. */
    static IssuerKeys start(Vertx vertx, OidcSettings settings, Health health, LongSupplier nanoTime) {
        var keys = new IssuerKeys(vertx, settings, health, nanoTime);
        health.notReady(HEALTH_TARGET, true, "the keys of " + settings.issuer() + " are not here yet");
        keys.rounds.start();
        return keys;
    }

    void close() {
        closed = true;
        rounds.stop();
        health.remove(HEALTH_TARGET);
    }

    boolean areKnown() {
        return verifier != null;
    }

    /** The claims of a token that one of the keys has signed and that is not out of date, or null. */
    @Nullable
    JsonObject verify(String token) {
        var keys = verifier;
        if (keys == null) {
            return null;
        }
        try {
            // Done at once: without an introspection endpoint there is nobody to ask.
            var user = keys.authenticate(new TokenCredentials(token)).result();
            return user == null ? null : user.attributes().getJsonObject("accessToken");
        } catch (RuntimeException unreadable) {
            return null;
        }
    }

    /** Fetches the keys again, together with whoever wants it at the moment; fails when it was just done. */
    Future<Void> refresh() {
        synchronized (this) {
            if (fetching == null && nanoTime.getAsLong() - fetchedNanos < SHORTEST_PAUSE.toNanos()) {
                return Future.failedFuture("fetched a moment ago");
            }
        }
        return fetchOnce();
    }

    private Future<Void> fetchOnce() {
        Promise<Void> done = Promise.promise();
        synchronized (this) {
            if (fetching != null) {
                return fetching;
            }
            fetching = done.future();
        }
        // Composed, so that what is thrown fails the future.
        Future.succeededFuture()
                .compose(v -> issuer.fetchKeys())
                .timeout(FETCH_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .onComplete(result -> {
                    ended(result);
                    done.handle(result.mapEmpty());
                });
        return done.future();
    }

    /** Health tells of it last: who sees it there and asks for keys gets a fetch of his own. */
    private void ended(AsyncResult<OAuth2Auth> result) {
        if (result.succeeded()) {
            verifier = result.result();
        }
        synchronized (this) {
            fetching = null;
            fetchedNanos = nanoTime.getAsLong();
        }
        if (result.succeeded()) {
            fetched();
        } else {
            failed(result.cause());
        }
    }

    private void fetched() {
        if (!closed) {
            health.ready(HEALTH_TARGET, true);
        }
        if (failing.getAndSet(false)) {
            log.atInfo().addKeyValue("issuer", settings.issuer()).log("the issuer's keys can be fetched again");
        }
    }

    private void failed(Throwable cause) {
        if (closed) {
            return;
        }
        var reason = Issuer.reason(cause);
        if (!areKnown()) {
            health.notReady(HEALTH_TARGET, true, "the keys of " + settings.issuer() + " cannot be fetched: " + reason);
        }
        if (!failing.getAndSet(true)) {
            log.atWarn()
                    .addKeyValue("issuer", settings.issuer())
                    .addKeyValue("reason", reason)
                    .log("the issuer's keys cannot be fetched, "
                            + (areKnown() ? "the known ones go on" : "there are none yet"));
        }
    }

    /** Fetches the keys; soon again without keys, at regular times with them. */
    private Future<Duration> round() {
        return fetchOnce().transform(ended -> Future.succeededFuture(areKnown() ? PERIOD : nextRetry()));
    }

    private Duration nextRetry() {
        var pause = retry;
        var doubled = pause.multipliedBy(2);
        retry = doubled.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : doubled;
        return pause;
    }
}
