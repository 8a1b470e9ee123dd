package io.sluice.auth.oidc;

import io.vertx.core.Future;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.oauth2.Oauth2Credentials;

/** Asks a token endpoint for a token, with the credentials of one client (RFC 6749, section 4.4). */
interface Grant {

    /** The answer, if it was one with a token. */
    Future<User> request(Oauth2Credentials scopes);
}
