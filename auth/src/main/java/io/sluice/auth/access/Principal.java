package io.sluice.auth.access;

import org.jspecify.annotations.Nullable;

/**
 * What a caller has proven of himself; nobody in particular when it is nothing.
 *
 * @param apiToken whether he knows the {@code dapr-api-token}
 * @param claims those of his bearer token, null without
 * @param certificate his, null without
 * @param authenticated whether that is enough to be let in as somebody
 */
record Principal(
        boolean apiToken, @Nullable Claims claims, @Nullable ClientCertificate certificate, boolean authenticated) {}
