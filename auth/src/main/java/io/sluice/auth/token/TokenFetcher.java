package io.sluice.auth.token;

import io.vertx.core.Future;

/** Gets one token from where tokens come from. */
public interface TokenFetcher {

    /** Where tokens come from, for an operator: the field of the component that says so, and its value. */
    String origin();

    /**
     * Called on a context of Vert.x, never again before the future is complete; must not block.
     *
     * @return the token, on any thread; fails with a {@link TokenException}, within a minute at most
     */
    Future<Token> fetch();
}
