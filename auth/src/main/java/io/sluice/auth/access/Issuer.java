package io.sluice.auth.access;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.oauth2.OAuth2Auth;
import io.vertx.ext.auth.oauth2.OAuth2FlowType;
import io.vertx.ext.auth.oauth2.OAuth2Options;
import java.util.List;
import java.util.regex.Pattern;

/** The server of an issuer of tokens. */
final class Issuer {
    private static final String DISCOVERY = "/.well-known/openid-configuration";
    private static final int CONNECT_MILLIS = 5_000;
    private static final int IDLE_SECONDS = 10;
    private static final long REFRESH_SECONDS = 300;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");
    private static final int LONGEST_REASON = 200;

    private final Vertx vertx;
    private final OidcSettings settings;

    Issuer(Vertx vertx, OidcSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
    }

    /** Something that has the issuer's keys and keeps them fresh. */
    Future<OAuth2Auth> open() {
        return keysUrl().compose(url -> {
            var keys = OAuth2Auth.create(vertx, options(url));
            return keys.jWKSet().map(keys);
        });
    }

    /** Why it cannot be had, on one short line: the server may have answered with a page. */
    static String reason(Throwable cause) {
        var text = CONTROL.matcher(String.valueOf(cause.getMessage())).replaceAll(" ");
        return text.length() > LONGEST_REASON ? text.substring(0, LONGEST_REASON) + "…" : text;
    }

    /**
     * Checks by the issuer's keys alone. Vert.x's own discovery would also name the issuer's endpoints for introspection
     * and user info: it asks them about each token whose check fails, and takes what they take, whoever it is for.
     */
    private OAuth2Options options(String keysUrl) {
        var options = new OAuth2Options()
                .setJwkPath(keysUrl)
                .setSupportedGrantTypes(List.of(OAuth2FlowType.CLIENT.getGrantType()))
                .setJWTOptions(new JWTOptions()
                        .setIssuer(settings.issuer())
                        .setAudience(List.copyOf(settings.audiences()))
                        .setLeeway(Math.toIntExact(TokenRules.LEEWAY.toSeconds())))
                .setHttpClientOptions(clientOptions());
        options.setJwkMaxAgeInSeconds(REFRESH_SECONDS);
        return options;
    }

    private Future<String> keysUrl() {
        return settings.jwksUrl() == null ? discover() : Future.succeededFuture(settings.jwksUrl());
    }

    /** OpenID Connect Discovery 1.0, section 4. */
    private Future<String> discover() {
        var url = settings.issuer().replaceFirst("/$", "") + DISCOVERY;
        HttpClient client = vertx.createHttpClient(clientOptions());
        return client.request(new RequestOptions().setAbsoluteURI(url))
                .compose(request -> request.send())
                .compose(response -> response.body().map(body -> keysUrl(response, body.toJsonObject())))
                .eventually(client::close);
    }

    private String keysUrl(HttpClientResponse response, JsonObject configuration) {
        if (response.statusCode() != 200) {
            throw new IllegalStateException("its discovery document answers " + response.statusCode());
        }
        if (!settings.issuer().equals(configuration.getValue("issuer"))) {
            throw new IllegalStateException("its discovery document names another issuer");
        }
        if (!(configuration.getValue("jwks_uri") instanceof String url)) {
            throw new IllegalStateException("its discovery document names no jwks_uri");
        }
        return url;
    }

    private HttpClientOptions clientOptions() {
        var options = new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS).setIdleTimeout(IDLE_SECONDS);
        if (settings.trusted() != null) {
            options.setTrustOptions(new PemTrustOptions().addCertValue(settings.trusted()));
        }
        return options;
    }
}
