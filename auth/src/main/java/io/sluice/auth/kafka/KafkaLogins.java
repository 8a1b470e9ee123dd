package io.sluice.auth.kafka;

import io.sluice.auth.aws.IamTokens;
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
import io.vertx.core.WorkerExecutor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * From the settings of a binding to its login. Bindings with equal settings share their tokens and certificates. Safe for
 * use from any thread.
 */
public final class KafkaLogins {
    private static final int WORKERS = 4;

    private final Vertx vertx;
    private final Context context;
    private final WorkerExecutor workers;
    private final Map<AuthSettings, TokenSource> sources = new ConcurrentHashMap<>();
    private final TlsInUse tls = new TlsInUse();

    /** To be made outside of a verticle: what fetches tokens lives as long as {@code vertx}. */
    public KafkaLogins(Vertx vertx) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        // Of their own: clients that are opened wait for tokens on the shared ones, and could take them all.
        this.workers = vertx.createSharedWorkerExecutor("sluice-tokens", WORKERS);
    }

    /** The login that {@code auth} asks for. */
    public KafkaSecurity of(AuthSettings auth) {
        return new SharedTls(login(auth), tls);
    }

    private KafkaSecurity login(AuthSettings auth) {
        if (auth instanceof Password password) {
            return new PasswordLogin(password);
        }
        if (auth instanceof Oidc oidc) {
            return new TokenLogin(
                    tokens(oidc, () -> OidcTokens.of(vertx, workers, oidc)),
                    oidc.client().extensions(),
                    oidc.tls());
        }
        if (auth instanceof OidcPrivateKeyJwt oidc) {
            return new TokenLogin(
                    tokens(oidc, () -> OidcTokens.of(vertx, workers, oidc)),
                    oidc.client().extensions(),
                    oidc.tls());
        }
        if (auth instanceof AwsIam iam) {
            return new TokenLogin(tokens(iam, () -> IamTokens.of(workers, iam)), Map.of(), iam.tls());
        }
        return new NoSasl(auth.tls());
    }

    private TokenSource tokens(AuthSettings auth, Supplier<TokenFetcher> fetcher) {
        // Settings that nobody uses any more go, with the secret in them; a source that comes too late still works.
        return sources.computeIfAbsent(
                auth,
                unknown -> new TokenSource(context, fetcher.get(), KafkaLogins::millis, () -> sources.remove(auth)));
    }

    private static long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
