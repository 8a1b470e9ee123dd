package io.sluice.http.deliver;

import io.sluice.core.binding.Secret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Small questions to the app, of which only the status of the answer counts. Belongs to one context. */
final class AppProbe {
    private final Vertx vertx;
    private final AppConnections app;
    private final @Nullable Secret token;

    AppProbe(Vertx vertx, AppConnections app, @Nullable Secret token) {
        this.vertx = vertx;
        this.app = app;
        this.token = token;
    }

    /** The status that the app answers with; fails when it cannot be reached or does not answer in time. */
    Future<Integer> ask(HttpMethod method, String path, Duration timeout) {
        // Composed, as headers that are not allowed throw.
        return Future.succeededFuture(method).map(this::headers).compose(headers -> new Question(
                        vertx, opening -> app.open(method, path, opening), headers, app.hint())
                .ask(timeout));
    }

    private WireHeaders headers(HttpMethod method) {
        var headers = new WireHeaders(false);
        if (method.equals(HttpMethod.OPTIONS)) {
            headers.putText(DeliveryHead.CONTENT_TYPE, DeliveryHead.JSON);
        }
        if (token != null) {
            headers.putText(DeliveryHead.TOKEN, token.reveal());
        }
        return headers;
    }
}
