package io.sluice.app;

import io.sluice.app.settings.Settings;
import io.sluice.app.settings.Settings.Api;
import io.sluice.app.settings.Settings.AppChannel;
import io.sluice.app.settings.Settings.AppHealth;
import io.sluice.app.settings.Version;
import io.sluice.http.api.AppConnection;
import io.sluice.http.api.AppConnection.HealthCheck;
import io.sluice.http.api.GatewayInfo;
import io.sluice.http.api.HttpApiSettings;
import io.sluice.http.deliver.AppChannelSettings;
import io.sluice.http.grpc.GrpcApiSettings;
import io.sluice.http.listen.Door;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The gateway's settings in the words of its modules. */
final class Wiring {
    /** The longest a request waits for its answer; Kafka's own limits are shorter, so that its reason is heard. */
    private static final Duration REQUEST_DEADLINE = Duration.ofSeconds(30);

    private Wiring() {}

    static HttpApiSettings http(Settings settings, Door door, int instances) {
        Api api = settings.api();
        return new HttpApiSettings(
                api.listenAddresses(), api.httpPort(), api.maxBodySize(), door, REQUEST_DEADLINE, instances);
    }

    static GrpcApiSettings grpc(Settings settings, Door door, int instances) {
        Api api = settings.api();
        return new GrpcApiSettings(
                api.listenAddresses(), api.grpcPort(), api.maxBodySize(), door, REQUEST_DEADLINE, instances);
    }

    static GatewayInfo info(Settings settings) {
        return new GatewayInfo(
                settings.appId(), settings.namespace(), Version.number(), connection(settings.channel()));
    }

    private static @Nullable AppConnection connection(@Nullable AppChannel channel) {
        return channel == null
                ? null
                : new AppConnection(
                        channel.port(),
                        channel.protocol().name().toLowerCase(Locale.ROOT),
                        channel.address(),
                        channel.maxConcurrency(),
                        healthCheck(channel.health()));
    }

    private static @Nullable HealthCheck healthCheck(@Nullable AppHealth health) {
        return health == null
                ? null
                : new HealthCheck(health.path(), health.interval(), health.timeout(), health.threshold());
    }

    static AppChannelSettings appChannel(AppChannel channel) {
        AppHealth health = channel.health();
        return new AppChannelSettings(
                channel.protocol().name().toLowerCase(Locale.ROOT),
                channel.address(),
                channel.port(),
                channel.maxConcurrency(),
                channel.apiToken(),
                channel.maxHeadSize(),
                channel.bindingOptionsTimeout(),
                health == null
                        ? null
                        : new AppChannelSettings.HealthCheck(
                                health.path(), health.interval(), health.timeout(), health.threshold()));
    }
}
