package io.sluice.auth.oidc;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.oauth2.OAuth2Auth;
import io.vertx.ext.auth.oauth2.OAuth2Options;
import io.vertx.ext.auth.oauth2.Oauth2Credentials;
import java.time.Instant;

/** A client that signs who it is (RFC 7523, section 2.2). Used on one context. */
final class AssertionGrant implements Grant {
    private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final Assertion assertion;
    private final OAuth2Options options;
    private final OAuth2Auth client;

    /** @param form further fields of the request */
    AssertionGrant(Vertx vertx, OAuth2Options options, Assertion assertion, JsonObject form) {
        this.assertion = assertion;
        // Without setClientId: the library sends an assertion only for a client without one.
        this.options =
                options.setClientAssertionType(TYPE).setExtraParameters(form.put("client_id", assertion.clientId()));
        this.client = OAuth2Auth.create(vertx, this.options);
    }

    @Override
    public Future<User> request(Oauth2Credentials scopes) {
        // The library reads its options at each request.
        options.setClientAssertion(assertion.sign(Instant.now()));
        return client.authenticate(scopes);
    }
}
