package io.sluice.auth.aws;

import io.sluice.auth.token.Token;
import io.sluice.auth.token.TokenFetcher;
import io.sluice.core.binding.AuthSettings.AwsIam;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** Tokens of {@code authType: awsiam}. Used on one context. */
public final class IamTokens implements TokenFetcher {
    private final Vertx vertx;
    private final AwsIam settings;
    private final ConnectSigner signer;
    private volatile @Nullable AwsCredentialsProvider credentials;

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

    /** At once with keys of the component; others may have to be fetched first. */
    @Override
    public Future<Token> fetch() {
        return vertx.executeBlocking(this::sign, false)
                .timeout(IamFailures.ANSWER_WITHIN.toSeconds(), TimeUnit.SECONDS)
                // The next attempt looks everywhere anew: what was missing may have come.
                .onFailure(failure -> credentials = null)
                .recover(failure -> Future.failedFuture(IamFailures.of(settings, failure)));
    }

    private Token sign() {
        AwsCredentialsProvider known = credentials;
        if (known == null) {
            known = IamCredentials.of(settings);
            credentials = known;
        }
        return signer.sign(known.resolveCredentials());
    }
}
