package io.sluice.auth.token;

import java.io.IOException;

/**
 * Why there is no token: a finished text for an operator, which names the component's field and holds no secret.
 *
 * <p>An {@link IOException}, which is what Kafka's clients let a source of tokens throw.
 */
public final class TokenException extends IOException {
    /** Without a cause: readers look for the innermost text, and that is this one. */
    public TokenException(String message) {
        super(message);
    }
}
