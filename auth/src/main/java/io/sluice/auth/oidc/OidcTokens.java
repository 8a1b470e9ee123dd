package io.sluice.auth.oidc;

import io.sluice.auth.tls.PemSource;
import io.sluice.auth.token.Token;
import io.sluice.auth.token.TokenException;
import io.sluice.auth.token.TokenFetcher;
import io.sluice.core.binding.AuthSettings.Oidc;
import io.sluice.core.binding.AuthSettings.OidcClient;
import io.sluice.core.binding.AuthSettings.OidcPrivateKeyJwt;
import io.sluice.core.binding.Secret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.oauth2.OAuth2FlowType;
import io.vertx.ext.auth.oauth2.OAuth2Options;
import io.vertx.ext.auth.oauth2.Oauth2Credentials;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tokens of {@code authType: oidc} and {@code oidc_private_key_jwt}. Used on one context. */
public final class OidcTokens implements TokenFetcher {
    /** For a server that does not say (RFC 6749, section 5.1, lets it): asking again soon does no harm. */
    private static final Duration UNKNOWN_LIFETIME = Duration.ofMinutes(1);

    /** Nor does asking once a day. */
    private static final long LONGEST_LIFETIME_SECONDS = Duration.ofDays(1).toSeconds();

    private final Vertx vertx;
    private final WorkerExecutor workers;
    private final Endpoint endpoint;
    private final EndpointFailures failures;
    private final Callable<Function<Vertx, Grant>> opener;
    private @Nullable Grant grant;

    /** @param opener reads files, so it blocks; what it returns makes the grant on the context */
    private OidcTokens(
            Vertx vertx,
            WorkerExecutor workers,
            Endpoint endpoint,
            EndpointFailures failures,
            Callable<Function<Vertx, Grant>> opener) {
        this.vertx = vertx;
        this.workers = workers;
        this.endpoint = endpoint;
        this.failures = failures;
        this.opener = opener;
    }

    /** @param workers not those on which anybody waits for a token */
    public static OidcTokens of(Vertx vertx, WorkerExecutor workers, Oidc auth) {
        var endpoint = new Endpoint(auth.client(), auth.tls());
        var failures = failures(endpoint, "oidcClientID and oidcClientSecret", auth.clientSecret());
        return new OidcTokens(vertx, workers, endpoint, failures, () -> {
            OAuth2Options options = endpoint.options();
            return onContext ->
                    new SecretGrant(onContext, options, auth.client().clientId(), auth.clientSecret());
        });
    }

    /** @param workers not those on which anybody waits for a token */
    public static OidcTokens of(Vertx vertx, WorkerExecutor workers, OidcPrivateKeyJwt auth) {
        var endpoint = new Endpoint(auth.client(), auth.tls());
        var failures =
                failures(endpoint, "oidcClientID and the signature of oidcClientAssertionKey", auth.assertionKey());
        return new OidcTokens(vertx, workers, endpoint, failures, () -> {
            OAuth2Options options = endpoint.options();
            Assertion assertion = assertion(auth);
            return onContext -> new AssertionGrant(onContext, options, assertion, form(auth));
        });
    }

    @Override
    public String origin() {
        return failures.origin();
    }

    @Override
    public Future<Token> fetch() {
        return open().compose(opened -> opened.request(credentials()))
                .timeout(Endpoint.ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS)
                .compose(OidcTokens::token)
                // The next attempt reads files anew: a wrong one may have been made right.
                .onFailure(failure -> grant = null)
                .recover(failure -> Future.failedFuture(failures.of(failure)));
    }

    private Future<Grant> open() {
        return grant != null
                ? Future.succeededFuture(grant)
                : workers.executeBlocking(opener, false).map(opened -> grant = opened.apply(vertx));
    }

    private Oauth2Credentials credentials() {
        return new Oauth2Credentials()
                .setFlow(OAuth2FlowType.CLIENT)
                .setScopes(endpoint.client().scopes());
    }

    private static Future<Token> token(User user) {
        if (!(user.principal().getValue("access_token") instanceof String value) || value.isEmpty()) {
            return Future.failedFuture("no access_token in response");
        }
        Duration lifetime = lifetime(user.principal());
        return lifetime.isZero()
                ? Future.failedFuture(EndpointFailures.EXPIRED)
                : Future.succeededFuture(new Token(new Secret(value), lifetime));
    }

    private static Duration lifetime(JsonObject answer) {
        Object seconds = answer.getValue("expires_in");
        // Some servers send a text. That it is a number and not negative, the library has seen to.
        return seconds == null
                ? UNKNOWN_LIFETIME
                : Duration.ofSeconds(Math.min(Long.parseLong(seconds.toString()), LONGEST_LIFETIME_SECONDS));
    }

    private static Assertion assertion(OidcPrivateKeyJwt auth) throws TokenException {
        OidcClient client = auth.client();
        String audience = auth.audience() == null ? client.tokenEndpoint().toString() : auth.audience();
        var key = new PemSource("oidcClientAssertionKey", auth.assertionKey().reveal());
        return new Assertion(client.clientId(), audience, auth.keyId(), RsaKey.read(key));
    }

    private static JsonObject form(OidcPrivateKeyJwt auth) {
        var form = new JsonObject();
        if (auth.audience() != null) {
            form.put("audience", auth.audience());
        }
        if (auth.resource() != null) {
            form.put("resource", auth.resource());
        }
        return form;
    }

    private static EndpointFailures failures(Endpoint endpoint, String identity, Secret secret) {
        return new EndpointFailures(
                "oidcTokenEndpoint " + endpoint.address(),
                endpoint.client().scopes(),
                identity,
                List.of(secret.reveal()));
    }
}
