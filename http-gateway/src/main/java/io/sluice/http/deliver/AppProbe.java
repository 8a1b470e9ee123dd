package io.sluice.http.deliver;

import io.sluice.core.binding.Secret;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Small questions to the app, of which only the status of the answer counts. */
final class AppProbe {
    private final HttpClient app;
    private final @Nullable Secret token;

    AppProbe(HttpClient app, @Nullable Secret token) {
        this.app = app;
        this.token = token;
    }

    /** The status that the app answers with; fails when it cannot be reached or does not answer in time. */
    Future<Integer> ask(HttpMethod method, String path, Duration timeout) {
        var headers = HttpHeaders.headers();
        if (method.equals(HttpMethod.OPTIONS)) {
            headers.add(DeliveryHead.CONTENT_TYPE, DeliveryHead.JSON);
        }
        if (token != null) {
            headers.add(DeliveryHead.TOKEN, token.reveal());
        }
        var options = new RequestOptions()
                .setMethod(method)
                .setURI(path)
                .setHeaders(headers)
                .setConnectTimeout(timeout.toMillis());
        // Composed, as a client that is closed throws.
        return Future.succeededFuture(options).compose(app::request).compose(request -> status(request, timeout));
    }

    private static Future<Integer> status(HttpClientRequest request, Duration timeout) {
        return request.send()
                .compose(response -> response.end().map(read -> response.statusCode()))
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(late -> request.reset());
    }
}
