package io.sluice.auth.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.core.binding.Secret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.oauth2.OAuth2Auth;
import io.vertx.ext.auth.oauth2.OAuth2Options;
import io.vertx.ext.auth.oauth2.Oauth2Credentials;
import java.net.URLEncoder;
import org.jspecify.annotations.Nullable;

/**
 * A client that has a secret. Servers differ in where they want it, and so it goes into the header first and into the form
 * when that is refused, as Dapr's library has it; what worked is kept. Used on one context.
 */
final class SecretGrant implements Grant {
    private final OAuth2Auth inHeader;
    private final OAuth2Auth inForm;
    private @Nullable OAuth2Auth proven;

    SecretGrant(Vertx vertx, OAuth2Options options, String clientId, Secret secret) {
        // RFC 6749, section 2.3.1: both parts are form-encoded before they go into the header.
        this.inHeader = OAuth2Auth.create(
                vertx,
                new OAuth2Options(options)
                        .setClientId(URLEncoder.encode(clientId, UTF_8))
                        .setClientSecret(URLEncoder.encode(secret.reveal(), UTF_8)));
        this.inForm = OAuth2Auth.create(
                vertx,
                new OAuth2Options(options)
                        .setClientId(clientId)
                        .setClientSecret(secret.reveal())
                        .setUseBasicAuthorization(false));
    }

    @Override
    public Future<User> request(Oauth2Credentials scopes) {
        return proven != null ? proven.authenticate(scopes) : tryBoth(scopes);
    }

    private Future<User> tryBoth(Oauth2Credentials scopes) {
        return tryOne(inHeader, scopes)
                .recover(refused ->
                        EndpointFailures.isAnswer(refused) ? tryOne(inForm, scopes) : Future.failedFuture(refused));
    }

    private Future<User> tryOne(OAuth2Auth way, Oauth2Credentials scopes) {
        return way.authenticate(scopes).onSuccess(user -> proven = way);
    }
}
