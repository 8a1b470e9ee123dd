package io.sluice.auth.oidc;

import io.sluice.auth.tls.PemSource;
import io.sluice.auth.token.TokenException;
import io.sluice.core.binding.AuthSettings.OidcClient;
import io.sluice.core.binding.AuthSettings.Tls;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.ext.auth.oauth2.OAuth2FlowType;
import io.vertx.ext.auth.oauth2.OAuth2Options;
import java.net.URI;

/**
 * A token endpoint and how to talk to it.
 *
 * @param tls whose certificate to accept; also without TLS to the brokers
 */
record Endpoint(OidcClient client, Tls tls) {
    static final int ANSWER_WITHIN_SECONDS = 30;

    private static final int CONNECT_WITHIN_MS = 10_000;

    /** Options without credentials. Reads the file of {@code caCert}, so it blocks. */
    OAuth2Options options() throws TokenException {
        return new OAuth2Options()
                .setTokenPath(client.tokenEndpoint().toString())
                .addSupportedGrantType(OAuth2FlowType.CLIENT.getGrantType())
                .setHttpClientOptions(http());
    }

    /** The address without what may be secret in it. */
    String address() {
        URI full = client.tokenEndpoint();
        String port = full.getPort() < 0 ? "" : ":" + full.getPort();
        String path = full.getRawPath() == null ? "" : full.getRawPath();
        return full.getScheme() + "://" + full.getHost() + port + path;
    }

    private HttpClientOptions http() throws TokenException {
        var http = new HttpClientOptions()
                .setConnectTimeout(CONNECT_WITHIN_MS)
                .setIdleTimeout(ANSWER_WITHIN_SECONDS)
                // One request in minutes: a kept connection would be stale by then.
                .setKeepAlive(false);
        if (tls.skipVerify()) {
            http.setTrustAll(true).setVerifyHost(false);
        } else if (tls.caCert() != null) {
            http.setTrustOptions(TrustOptions.wrap(Roots.systemAnd(new PemSource("caCert", tls.caCert()))));
        }
        return http;
    }
}
