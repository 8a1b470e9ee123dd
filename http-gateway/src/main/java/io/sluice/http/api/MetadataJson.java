package io.sluice.http.api;

import io.sluice.core.binding.BindingCatalog;
import io.sluice.core.binding.KafkaBinding;
import io.sluice.core.binding.SecretStoreComponent;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * The answer of {@code GET /v1.0/metadata}, in the shape of Dapr's: SDKs wait for it and read it. As there, members
 * without a value are left out.
 */
final class MetadataJson {
    private static final String TYPE = "bindings.kafka";

    private MetadataJson() {}

    static JsonObject render(GatewayInfo info, BindingCatalog catalog, Map<String, String> extended) {
        var json = new JsonObject().put("id", info.appId()).put("runtimeVersion", GatewayInfo.DAPR_VERSION);
        var components = new JsonArray();
        catalog.stores().forEach(store -> components.add(component(store)));
        catalog.all().forEach(binding -> components.add(component(binding)));
        if (!components.isEmpty()) {
            json.put("components", components);
        }
        var notes = new JsonObject();
        extended.forEach(notes::put);
        notes.put("daprRuntimeVersion", GatewayInfo.DAPR_VERSION).put(GatewayInfo.VERSION_NOTE, info.version());
        json.put("extended", notes);
        var app = info.app();
        if (app != null) {
            json.put("appConnectionProperties", connection(app));
        }
        return json.put(
                "actorRuntime",
                new JsonObject().put("runtimeStatus", "DISABLED").put("hostReady", false));
    }

    private static JsonObject component(SecretStoreComponent store) {
        return component(store.name(), store.type(), store.version());
    }

    private static JsonObject component(KafkaBinding binding) {
        var capabilities = new JsonArray();
        if (binding.isInput()) {
            capabilities.add("INPUT_BINDING");
        }
        if (binding.isOutput()) {
            capabilities.add("OUTPUT_BINDING");
        }
        var json = component(binding.name(), TYPE, binding.componentVersion());
        return capabilities.isEmpty() ? json : json.put("capabilities", capabilities);
    }

    private static JsonObject component(String name, String type, String version) {
        return new JsonObject().put("name", name).put("type", type).put("version", version);
    }

    private static JsonObject connection(AppConnection app) {
        var json = new JsonObject();
        if (app.port() != 0) {
            json.put("port", app.port());
        }
        json.put("protocol", app.protocol()).put("channelAddress", app.channelAddress());
        if (app.maxConcurrency() > 0) {
            json.put("maxConcurrency", app.maxConcurrency());
        }
        var health = app.health();
        return health == null ? json : json.put("health", health(app, health));
    }

    private static JsonObject health(AppConnection app, AppConnection.HealthCheck health) {
        var json = new JsonObject();
        if (app.speaksHttp()) {
            json.put("healthCheckPath", health.path());
        }
        return json.put("healthProbeInterval", GoText.of(health.probeInterval()))
                .put("healthProbeTimeout", GoText.of(health.probeTimeout()))
                .put("healthThreshold", health.threshold());
    }
}
