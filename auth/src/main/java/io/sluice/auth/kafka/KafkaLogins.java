package io.sluice.auth.kafka;

import io.sluice.auth.oidc.OidcTokens;
import io.sluice.auth.token.TokenFetcher;
import io.sluice.auth.token.TokenSource;
import io.sluice.core.binding.AuthSettings;
import io.sluice.core.binding.AuthSettings.AwsIam;
import io.sluice.core.binding.AuthSettings.Oidc;
import io.sluice.core.binding.AuthSettings.OidcPrivateKeyJwt;
import io.sluice.core.binding.AuthSettings.Password;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/**
 * From the settings of a binding to its login. Bindings with equal settings share their tokens and certificates. Safe for
 * use from any thread.
 */
public final class KafkaLogins {
    private final Vertx vertx;
    private final Context context;
    private final Map<AuthSettings, TokenSource> sources = new ConcurrentHashMap<>();
    private final TlsInUse tls = new TlsInUse();

    /** To be made outside of a verticle: what fetches tokens lives as long as {@code vertx}. */
    public KafkaLogins(Vertx vertx) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
    }

    /**
     * The login that {@code auth} asks for.
     *
     * @throws IllegalArgumentException for a type that this version has no login for; component files with one are refused
     *     at load
     */
    public KafkaSecurity of(AuthSettings auth) {
        return new SharedTls(login(auth), tls);
    }

    private KafkaSecurity login(AuthSettings auth) {
        if (auth instanceof Password password) {
            return new PasswordLogin(password);
        }
        if (auth instanceof Oidc oidc) {
            return new TokenLogin(tokens(oidc, OidcTokens::of), oidc.client().extensions(), oidc.tls());
        }
        if (auth instanceof OidcPrivateKeyJwt oidc) {
            return new TokenLogin(tokens(oidc, OidcTokens::of), oidc.client().extensions(), oidc.tls());
        }
        if (auth instanceof AwsIam) {
            throw new IllegalArgumentException("no login for " + auth.getClass().getSimpleName());
        }
        return new NoSasl(auth.tls());
    }

    private <S extends AuthSettings> TokenSource tokens(S auth, BiFunction<Vertx, S, TokenFetcher> fetcher) {
        // Settings that nobody uses any more go, with the secret in them; a source that comes too late still works.
        return sources.computeIfAbsent(
                auth,
                unknown -> new TokenSource(
                        context, fetcher.apply(vertx, auth), KafkaLogins::millis, () -> sources.remove(auth)));
    }

    private static long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
