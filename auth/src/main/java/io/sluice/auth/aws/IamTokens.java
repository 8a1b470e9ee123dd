package io.sluice.auth.aws;

import io.sluice.auth.token.Token;
import io.sluice.auth.token.TokenFetcher;
import io.sluice.core.binding.AuthSettings.AwsIam;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** Tokens of {@code authType: awsiam}. Used on one context. */
public final class IamTokens implements TokenFetcher {
    private final WorkerExecutor workers;
    private final AwsIam settings;
    private final ConnectSigner signer;
    private volatile @Nullable AwsCredentialsProvider credentials;

    private IamTokens(WorkerExecutor workers, AwsIam settings) {
        this.workers = workers;
        this.settings = settings;
        this.signer = ConnectSigner.of(settings.region(), Clock.systemUTC());
    }

    /** @param workers not those on which anybody waits for a token */
    public static IamTokens of(WorkerExecutor workers, AwsIam settings) {
        return new IamTokens(workers, settings);
    }

    @Override
    public String origin() {
        return IamFailures.origin(settings);
    }

    /** At once with keys of the component; others may have to be fetched first. */
    @Override
    public Future<Token> fetch() {
        return workers.executeBlocking(this::sign, false)
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
