package io.sluice.http.api;

import io.sluice.core.health.Health;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What works, for probes and for people. */
final class HealthEndpoints {
    private static final String APP_ID = "appid";

    private final Health health;
    private final String appId;

    HealthEndpoints(Health health, String appId) {
        this.health = health;
        this.appId = appId;
    }

    /** Whether the gateway has started once, and whether this is the app that the caller looks for. */
    void all(Exchange exchange) {
        if (isForAnotherApp(exchange.request())) {
            exchange.answer(Answer.error(500, "ERR_HEALTH_APPID_NOT_MATCH", "dapr app-id does not match"));
            return;
        }
        var missing = health.startup().missing();
        exchange.answer(
                missing.isEmpty()
                        ? Answer.NO_CONTENT
                        : Answer.error(
                                500, "ERR_HEALTH_NOT_READY", "dapr is not ready: [" + String.join(" ", missing) + "]"));
    }

    /** Whether output bindings can be called; whether Kafka takes the records is not the question. */
    void outbound(Exchange exchange) {
        exchange.answer(
                health.startup().isServing()
                        ? Answer.NO_CONTENT
                        : Answer.error(500, "ERR_OUTBOUND_HEALTH_NOT_READY", "dapr outbound is not ready"));
    }

    /** Every part with its state: 200 when each is as it should be, 503 otherwise. */
    void details(Exchange exchange) {
        var targets = new JsonObject();
        var all = health.targets();
        all.forEach((name, status) -> targets.put(name, render(status)));
        int status = all.values().stream().allMatch(Health.Status::ready) ? 200 : 503;
        exchange.answer(Answer.json(status, new JsonObject().put("targets", targets)));
    }

    /** That the event loop turns. */
    void alive(Exchange exchange) {
        exchange.answer(Answer.NO_CONTENT);
    }

    private boolean isForAnotherApp(HttpServerRequest request) {
        @Nullable String asked = request.getParam(APP_ID);
        return asked != null && !asked.equals(appId);
    }

    private static JsonObject render(Health.Status status) {
        return new JsonObject()
                .put("ready", status.ready())
                .put("outbound", status.outbound())
                .put("detail", status.detail())
                .put("since", status.since().truncatedTo(ChronoUnit.MILLIS).toString());
    }
}
