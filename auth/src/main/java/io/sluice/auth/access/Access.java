package io.sluice.auth.access;

import io.sluice.core.health.Health;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

/**
 * Lets callers in.
 *
 * <p>Any one of the ways to say who one is suffices: the {@code dapr-api-token}, a bearer token, or a client certificate
 * where it is optional. Something wrong is refused even where nothing is needed, unless something right comes with it.
 *
 * <p>Safe for use from any thread.
 */
public final class Access {
    private final @Nullable ApiToken apiToken;
    private final @Nullable BearerTokens bearerTokens;
    private final Challenges challenges;
    private final Grants grants;
    private final boolean certificateSuffices;
    private final boolean readsCertificates;
    private final Future<Admission> byApiToken;

    private Access(AccessSettings settings, @Nullable BearerTokens bearerTokens) {
        this.apiToken = settings.apiToken() == null ? null : new ApiToken(settings.apiToken());
        this.bearerTokens = bearerTokens;
        this.grants = settings.grants();
        this.certificateSuffices = settings.certificates() == ClientCertificates.OPTIONAL
                || settings.certificates() == ClientCertificates.REQUIRED && apiToken == null && bearerTokens == null;
        this.readsCertificates = certificateSuffices || settings.grants().nameCertificates();
        this.challenges = new Challenges(apiToken != null, bearerTokens != null, certificateSuffices);
        this.byApiToken = Future.succeededFuture(admitted(new Principal(true, null, null, true)));
    }

    /**
     * Begins to fetch the issuer's keys, if there is one, and does not wait for them.
     *
     * @param health gets the target {@code oidc}
     */
    public static Access start(Vertx vertx, AccessSettings settings, Health health) {
        return new Access(
                settings,
                settings.oidc() == null ? null : BearerTokens.start(vertx, settings.oidc(), health, System::nanoTime));
    }

    /** Stops fetching keys. */
    public void close() {
        if (bearerTokens != null) {
            bearerTokens.close();
        }
    }

    /** Whether everybody may do everything, so that there is no need to ask. */
    public boolean isOpen() {
        return challenges.isEmpty() && grants.giveEverything();
    }

    /** Whether client certificates count for anything. */
    public boolean readsCertificates() {
        return readsCertificates;
    }

    /**
     * Whether to let in whoever shows this.
     *
     * @return never fails; complete at once, unless a token may be signed by a key that is still to be fetched: then
     *     within seconds, on any thread
     */
    public Future<Admission> admit(Presented presented) {
        var bearer = bearerTokens == null ? null : presented.bearer();
        if (bearerTokens != null && bearer != null) {
            return bearerTokens.check(bearer).map(checked -> decide(presented, checked));
        }
        boolean onlyToken = !readsCertificates && apiToken != null && apiToken.is(presented.apiToken());
        return onlyToken ? byApiToken : Future.succeededFuture(decide(presented, null));
    }

    private Admission decide(Presented presented, @Nullable CheckedToken bearer) {
        boolean knowsToken = apiToken != null && apiToken.is(presented.apiToken());
        var claims = bearer instanceof CheckedToken.Valid valid ? valid.claims() : null;
        var certificate = readsCertificates ? certificate(presented) : null;
        boolean authenticated = knowsToken || claims != null || certificateSuffices && certificate != null;
        var refusal = authenticated ? null : refusal(presented, bearer);
        return refusal == null
                ? admitted(new Principal(knowsToken, claims, certificate, authenticated))
                : new Admission.Refused(refusal);
    }

    private Admission admitted(Principal principal) {
        return new Admission.Admitted(new Caller(principal, grants, challenges));
    }

    private static @Nullable ClientCertificate certificate(Presented presented) {
        return presented.certificate() == null ? null : ClientCertificate.of(presented.certificate());
    }

    /** Of somebody who is not authenticated; null when he may come in all the same. */
    private @Nullable Refusal refusal(Presented presented, @Nullable CheckedToken bearer) {
        if (bearer instanceof CheckedToken.Invalid invalid) {
            return challenges.wrongBearer(invalid.reason());
        }
        if (bearer instanceof CheckedToken.Unknown unknown) {
            return new Refusal(Refusal.Kind.UNAVAILABLE, unknown.reason(), "");
        }
        if (apiToken != null && presented.apiToken() != null) {
            return challenges.wrongApiToken();
        }
        return challenges.isEmpty() || grants.nameAnybody() ? null : challenges.nothingShown();
    }
}
