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
        @Nullable AppConnection app) {

    /** The release of Dapr whose API this is: SDKs compare the runtime's version with those they know. */
    public static final String DAPR_VERSION = "1.18.3";

    /** Under which our own version stands in the metadata's notes. */
    public static final String VERSION_NOTE = "sluiceVersion";
}
