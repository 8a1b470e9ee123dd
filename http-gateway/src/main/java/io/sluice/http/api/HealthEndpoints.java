package io.sluice.http.api;

import io.sluice.core.health.Health;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.stream.Collectors;
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

    /** Whether everything works, and whether this is the app that the caller looks for. */
    void all(Exchange exchange) {
        if (isForAnotherApp(exchange.request())) {
            exchange.answer(Answer.error(500, "ERR_HEALTH_APPID_NOT_MATCH", "dapr app-id does not match"));
            return;
        }
        var failing = health.targets().entrySet().stream()
                .filter(target -> !target.getValue().ready())
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(" "));
        exchange.answer(
                failing.isEmpty()
                        ? Answer.NO_CONTENT
                        : Answer.error(500, "ERR_HEALTH_NOT_READY", "dapr is not ready: [" + failing + "]"));
    }

    /** Whether what output bindings need works. */
    void outbound(Exchange exchange) {
        boolean ready = health.targets().values().stream().allMatch(target -> target.ready() || !target.outbound());
        exchange.answer(
                ready
                        ? Answer.NO_CONTENT
                        : Answer.error(500, "ERR_OUTBOUND_HEALTH_NOT_READY", "dapr outbound is not ready"));
    }

    /** Every part with its state, for whoever looks for what is wrong. */
    void details(Exchange exchange) {
        var targets = new JsonObject();
        health.targets().forEach((name, status) -> targets.put(name, render(status)));
        exchange.answer(Answer.json(new JsonObject().put("targets", targets)));
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
                .put("detail", status.detail());
    }
}
