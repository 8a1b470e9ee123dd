package io.sluice.auth.token;

import io.sluice.core.binding.Secret;
import java.time.Duration;

/**
 * A token as it came.
 *
 * @param lifetime how long it is good from now on, as its issuer says: a length, not a time, so that it holds when the clocks
 *     differ
 */
public record Token(Secret value, Duration lifetime) {}
