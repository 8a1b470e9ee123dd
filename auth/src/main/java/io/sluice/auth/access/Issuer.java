package io.sluice.auth.access;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
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
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");
    private static final int LONGEST_REASON = 200;

    /** Signatures by a private key alone: a shared secret has no place in a document that everybody reads. */
    private static final Pattern SIGNATURES = Pattern.compile("(RS|PS|ES)(256|384|512)|EdDSA");

    private final Vertx vertx;
    private final OidcSettings settings;

    Issuer(Vertx vertx, OidcSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
    }

    /** Fetches the issuer's keys, and gives what checks tokens by them. */
    Future<OAuth2Auth> fetchKeys() {
        HttpClient client = vertx.createHttpClient(clientOptions());
        return keysUrl(client)
                .compose(url -> get(client, url))
                .map(keys -> OAuth2Auth.create(vertx, options(signatureKeys(keys))))
                .eventually(client::close);
    }

    /** Why it cannot be had, on one short line: the server may have answered with a page. */
    static String reason(Throwable cause) {
        var text = CONTROL.matcher(String.valueOf(cause.getMessage())).replaceAll(" ");
        return text.length() > LONGEST_REASON ? text.substring(0, LONGEST_REASON) + "…" : text;
    }

    /**
     * With the issuer's keys alone. Vert.x's own discovery would also name the issuer's endpoints for introspection and user
     * info: it asks them about each token whose check fails, and takes what they take, whoever it is for.
     */
    private OAuth2Options options(List<JsonObject> keys) {
        return new OAuth2Options()
                .setJwks(keys)
                .setSupportedGrantTypes(List.of(OAuth2FlowType.CLIENT.getGrantType()))
                .setJWTOptions(new JWTOptions()
                        .setIssuer(settings.issuer())
                        .setAudience(List.copyOf(settings.audiences()))
                        .setLeeway(Math.toIntExact(TokenRules.LEEWAY.toSeconds())));
    }

    private Future<String> keysUrl(HttpClient client) {
        return settings.jwksUrl() == null ? discover(client) : Future.succeededFuture(settings.jwksUrl());
    }

    /** OpenID Connect Discovery 1.0, section 4. */
    private Future<String> discover(HttpClient client) {
        return get(client, settings.issuer().replaceFirst("/$", "") + DISCOVERY).map(document -> {
            if (!settings.issuer().equals(document.getValue("issuer"))) {
                throw new IllegalStateException("its discovery document names another issuer");
            }
            if (!(document.getValue("jwks_uri") instanceof String url)) {
                throw new IllegalStateException("its discovery document names no jwks_uri");
            }
            return url;
        });
    }

    private static Future<JsonObject> get(HttpClient client, String url) {
        return client.request(new RequestOptions().setAbsoluteURI(url)).compose(request -> get(request, url));
    }

    /** On the connection's event loop: elsewhere a body could pass by before anybody waits for it. */
    private static Future<JsonObject> get(HttpClientRequest request, String url) {
        return request.send().compose(response -> response.body().map(body -> {
            if (response.statusCode() != 200) {
                throw new IllegalStateException(url + " answers " + response.statusCode());
            }
            return body.toJsonObject();
        }));
    }

    /** A set of keys (RFC 7517, 5) may hold others, for encryption or of kinds to come: they are not for us. */
    private static List<JsonObject> signatureKeys(JsonObject keySet) {
        var keys = keySet.getValue("keys") instanceof JsonArray list
                ? list.stream()
                        .filter(JsonObject.class::isInstance)
                        .map(JsonObject.class::cast)
                        .filter(Issuer::isForSignatures)
                        .toList()
                : List.<JsonObject>of();
        if (keys.isEmpty()) {
            throw new IllegalStateException("it has no key for signatures");
        }
        return keys;
    }

    private static boolean isForSignatures(JsonObject key) {
        var use = key.getValue("use");
        var algorithm = key.getValue("alg");
        return !"oct".equals(key.getValue("kty"))
                && (use == null || use.equals("sig"))
                && (algorithm == null
                        || SIGNATURES.matcher(String.valueOf(algorithm)).matches());
    }

    private HttpClientOptions clientOptions() {
        var options = new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS).setIdleTimeout(IDLE_SECONDS);
        if (settings.trusted() != null) {
            options.setTrustOptions(new PemTrustOptions().addCertValue(settings.trusted()));
        }
        return options;
    }
}
