package io.sluice.http.grpc;

import io.sluice.core.binding.BindingCatalog;
import io.sluice.core.binding.KafkaBinding;
import io.sluice.core.binding.SecretStoreComponent;
import io.sluice.http.api.AppConnection;
import io.sluice.http.api.GatewayInfo;
import io.sluice.http.api.GoText;
import io.sluice.http.grpc.proto.ActorRuntime;
import io.sluice.http.grpc.proto.ActorRuntime.ActorRuntimeStatus;
import io.sluice.http.grpc.proto.AppConnectionHealthProperties;
import io.sluice.http.grpc.proto.AppConnectionProperties;
import io.sluice.http.grpc.proto.GetMetadataResponse;
import io.sluice.http.grpc.proto.RegisteredComponents;
import java.util.Map;

/** The answer of {@code GetMetadata}: the members of HTTP's, as a message. */
final class MetadataMessage {
    private static final String TYPE = "bindings.kafka";

    private MetadataMessage() {}

    static GetMetadataResponse of(GatewayInfo info, BindingCatalog catalog, Map<String, String> extended) {
        var message = GetMetadataResponse.newBuilder()
                .setId(info.appId())
                .setRuntimeVersion(GatewayInfo.DAPR_VERSION)
                .putAllExtendedMetadata(extended)
                .putExtendedMetadata("daprRuntimeVersion", GatewayInfo.DAPR_VERSION)
                .putExtendedMetadata(GatewayInfo.VERSION_NOTE, info.version())
                .setActorRuntime(ActorRuntime.newBuilder().setRuntimeStatus(ActorRuntimeStatus.DISABLED));
        catalog.stores().forEach(store -> message.addRegisteredComponents(component(store)));
        catalog.all().forEach(binding -> message.addRegisteredComponents(component(binding)));
        var app = info.app();
        if (app != null) {
            message.setAppConnectionProperties(connection(app));
        }
        return message.build();
    }

    private static RegisteredComponents.Builder component(SecretStoreComponent store) {
        return RegisteredComponents.newBuilder()
                .setName(store.name())
                .setType(store.type())
                .setVersion(store.version());
    }

    private static RegisteredComponents.Builder component(KafkaBinding binding) {
        var component = RegisteredComponents.newBuilder()
                .setName(binding.name())
                .setType(TYPE)
                .setVersion(binding.componentVersion());
        if (binding.isInput()) {
            component.addCapabilities("INPUT_BINDING");
        }
        if (binding.isOutput()) {
            component.addCapabilities("OUTPUT_BINDING");
        }
        return component;
    }

    private static AppConnectionProperties.Builder connection(AppConnection app) {
        var connection = AppConnectionProperties.newBuilder()
                .setPort(app.port())
                .setProtocol(app.protocol())
                .setChannelAddress(app.channelAddress())
                .setMaxConcurrency(Math.max(0, app.maxConcurrency()));
        var health = app.health();
        return health == null ? connection : connection.setHealth(health(app, health));
    }

    private static AppConnectionHealthProperties.Builder health(AppConnection app, AppConnection.HealthCheck health) {
        return AppConnectionHealthProperties.newBuilder()
                .setHealthCheckPath(app.speaksHttp() ? health.path() : "")
                .setHealthProbeInterval(GoText.of(health.probeInterval()))
                .setHealthProbeTimeout(GoText.of(health.probeTimeout()))
                .setHealthThreshold(health.threshold());
    }
}
