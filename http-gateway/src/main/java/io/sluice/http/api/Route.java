package io.sluice.http.api;

import io.sluice.auth.access.Caller;
import io.sluice.auth.access.Refusal;
import io.sluice.auth.access.Right;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every route that is served; {@code openapi.yaml} describes the same. */
enum Route {
    INVOKE_POST(HttpMethod.POST, "/v1.0/bindings/{name}"),
    INVOKE_PUT(HttpMethod.PUT, "/v1.0/bindings/{name}"),
    RAW_POST(HttpMethod.POST, "/v1.0-sluice/bindings/{name}/raw"),
    RAW_PUT(HttpMethod.PUT, "/v1.0-sluice/bindings/{name}/raw"),
    HEALTHZ(HttpMethod.GET, "/v1.0/healthz"),
    HEALTHZ_OUTBOUND(HttpMethod.GET, "/v1.0/healthz/outbound"),
    METADATA(HttpMethod.GET, "/v1.0/metadata"),
    SET_METADATA(HttpMethod.PUT, "/v1.0/metadata/{key}"),
    SHUTDOWN(HttpMethod.POST, "/v1.0/shutdown"),
    OPENAPI(HttpMethod.GET, "/openapi.yaml"),
    HEALTH_DETAILS(HttpMethod.GET, "/v1.0-sluice/health"),
    LIVEZ(HttpMethod.GET, "/v1.0-sluice/livez"),
    PARTITIONS(HttpMethod.GET, "/v1.0-sluice/bindings/{name}/partitions"),
    FAILURES(HttpMethod.GET, "/v1.0-sluice/bindings/{name}/failures"),
    REDELIVER(HttpMethod.POST, "/v1.0-sluice/bindings/{name}/failures/{topic}/{partition}/{offset}/redeliver"),
    SKIP(HttpMethod.POST, "/v1.0-sluice/bindings/{name}/failures/{topic}/{partition}/{offset}/skip");

    private final HttpMethod method;
    private final String template;

    Route(HttpMethod method, String template) {
        this.method = method;
        this.template = template;
    }

    HttpMethod method() {
        return method;
    }

    /** The path, its variable segments as {@code {name}}. */
    String template() {
        return template;
    }

    /** Whether nobody is asked who he is: probes cannot say. */
    boolean isPublic() {
        return this == HEALTHZ || this == HEALTHZ_OUTBOUND;
    }

    /** Whether a path is that of a probe, which is asked for every few seconds. */
    static boolean isProbe(String path) {
        return path.equals(HEALTHZ.template) || path.equals(HEALTHZ_OUTBOUND.template) || path.equals(LIVEZ.template);
    }

    /** Why {@code caller} may not use the route, or null when he may. The name of a binding comes first in the path. */
    @Nullable
    Refusal refusal(Caller caller, List<String> arguments) {
        return switch (this) {
            case INVOKE_POST, INVOKE_PUT, RAW_POST, RAW_PUT -> caller.refusal(Right.INVOKE, arguments.get(0));
            case PARTITIONS, FAILURES -> caller.refusal(Right.INSPECT, arguments.get(0));
            case REDELIVER, SKIP -> caller.refusal(Right.REDELIVER, arguments.get(0));
            case METADATA -> caller.refusal(Right.METADATA);
            case SET_METADATA -> caller.refusal(Right.SET_METADATA);
            case SHUTDOWN -> caller.refusal(Right.SHUTDOWN);
            case HEALTH_DETAILS -> caller.refusal(Right.HEALTH);
            case HEALTHZ, HEALTHZ_OUTBOUND, OPENAPI, LIVEZ -> null;
        };
    }

    /** The route of a call of a binding, or null if bindings are not called that way. */
    static @Nullable Route ofBinding(HttpMethod method, boolean raw) {
        if (method.equals(HttpMethod.POST)) {
            return raw ? RAW_POST : INVOKE_POST;
        }
        if (method.equals(HttpMethod.PUT)) {
            return raw ? RAW_PUT : INVOKE_PUT;
        }
        return null;
    }

    /** Whether {@link BindingPath} recognises the route's paths. */
    boolean isBinding() {
        return switch (this) {
            case INVOKE_POST, INVOKE_PUT, RAW_POST, RAW_PUT -> true;
            case HEALTHZ,
                    HEALTHZ_OUTBOUND,
                    METADATA,
                    SET_METADATA,
                    SHUTDOWN,
                    OPENAPI,
                    HEALTH_DETAILS,
                    LIVEZ,
                    PARTITIONS,
                    FAILURES,
                    REDELIVER,
                    SKIP -> false;
        };
    }
}
