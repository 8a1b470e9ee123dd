package io.sluice.http.api;

import io.sluice.http.listen.AllowedOrigins;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Locale;

/**
 * Tells browsers whose pages may read the answers, as daprd does: <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">
 * the CORS protocol</a>. Without {@code --allowed-origins} it says nothing, which browsers take for no.
 */
final class CrossOrigin {
    private final AllowedOrigins origins;

    CrossOrigin(AllowedOrigins origins) {
        this.origins = origins;
    }

    /** Whether a browser asks if its page may send a request; no token comes with that. */
    boolean isPreflight(HttpServerRequest request) {
        return HttpMethod.OPTIONS.equals(request.method())
                && origins.areGiven()
                && request.headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
    }

    void add(HttpServerRequest request, HttpServerResponse response) {
        if (!origins.areGiven()) {
            return;
        }
        boolean preflight = isPreflight(request);
        response.headers().add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        if (preflight) {
            response.headers().add(HttpHeaders.VARY, HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
            response.headers().add(HttpHeaders.VARY, HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);
        }
        var origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin != null && origins.contain(origin)) {
            response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origins.areAll() ? "*" : origin);
            if (preflight) {
                allowWhatIsAskedFor(request, response);
            }
        }
    }

    private static void allowWhatIsAskedFor(HttpServerRequest request, HttpServerResponse response) {
        var method = request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
        response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, method.toUpperCase(Locale.ROOT));
        var headers = request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);
        if (headers != null && !headers.isEmpty()) {
            response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, headers);
        }
    }
}
