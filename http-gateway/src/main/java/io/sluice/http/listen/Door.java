package io.sluice.http.listen;

import io.sluice.auth.access.Access;
import org.jspecify.annotations.Nullable;

/**
 * How an API is entered.
 *
 * @param tls what its listeners show, null for plain text
 */
public record Door(Access access, @Nullable ListenerTls tls) {}
