package io.sluice.http.api;

import org.jspecify.annotations.Nullable;

/**
 * Who this gateway is, for {@code GET /v1.0/metadata} and for the labels of metrics.
 *
 * @param namespace the environment's {@code NAMESPACE}, or null
 * @param app how the user's app is reached, or null without one
 */
public record GatewayInfo(
        String appId,
        @Nullable String namespace,
        String version,
        @Nullable AppConnection app) {}
