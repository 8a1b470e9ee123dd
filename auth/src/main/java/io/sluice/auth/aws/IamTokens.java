package io.sluice.auth.aws;

import io.sluice.auth.token.Token;
import io.sluice.auth.token.TokenFetcher;
import io.sluice.core.binding.AuthSettings.AwsIam;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** Tokens of {@code authType: awsiam}. Used on one context. */
public final class IamTokens implements TokenFetcher {
    private final Vertx vertx;
    private final AwsIam settings;
    private final ConnectSigner signer;
    private @Nullable AwsCredentialsProvider credentials;

    private IamTokens(Vertx vertx, AwsIam settings) {
        this.vertx = vertx;
        this.settings = settings;
        this.signer = ConnectSigner.of(settings.region(), Clock.systemUTC());
    }

    public static IamTokens of(Vertx vertx, AwsIam settings) {
        return new IamTokens(vertx, settings);
    }

    @Override
    public String origin() {
        return IamFailures.origin(settings);
    }

    /** At once with keys of the component; others may have to be fetched, which takes half a minute at most. */
    @Override
    public Future<Token> fetch() {
        return vertx.executeBlocking(this::sign, false)
                // The next attempt looks everywhere anew: what was missing may have come.
                .onFailure(failure -> credentials = null)
                .recover(failure -> Future.failedFuture(IamFailures.of(settings, failure)));
    }

    /** Never by two threads at once: one fetch ends before the next begins. */
    private Token sign() {
        if (credentials == null) {
            credentials = IamCredentials.of(settings);
        }
        return signer.sign(credentials.resolveCredentials());
    }
}
