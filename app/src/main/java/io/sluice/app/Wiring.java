package io.sluice.app;

import io.sluice.app.settings.Settings;
import io.sluice.app.settings.Settings.Api;
import io.sluice.app.settings.Settings.AppChannel;
import io.sluice.app.settings.Settings.AppHealth;
import io.sluice.app.settings.Settings.PublicPort;
import io.sluice.app.settings.Version;
import io.sluice.http.api.AppConnection;
import io.sluice.http.api.AppConnection.HealthCheck;
import io.sluice.http.api.GatewayInfo;
import io.sluice.http.api.HttpApiSettings;
import io.sluice.http.deliver.AppChannelSettings;
import io.sluice.http.grpc.GrpcApiSettings;
import io.sluice.http.listen.AllowedOrigins;
import io.sluice.http.listen.Door;
import io.sluice.http.listen.ListenAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The gateway's settings in the words of its modules. */
final class Wiring {
    /** The longest a request waits for its answer; Kafka's own limits are shorter, so that its reason is heard. */
    private static final Duration REQUEST_DEADLINE = Duration.ofSeconds(30);

    /** What daprd tells of an app that there is not. */
    private static final AppConnection NO_APP = new AppConnection(0, "http", "127.0.0.1", -1, null);

    private Wiring() {}

    static HttpApiSettings http(Settings settings, Door door, int instances) {
        Api api = settings.api();
        PublicPort publicPort = api.publicPort();
        return new HttpApiSettings(
                at(settings, "http", api.httpPort()),
                publicPort == null ? null : ListenAddress.tcp(List.of(publicPort.address()), publicPort.port()),
                api.maxBodySize(),
                api.maxHeadSize(),
                door,
                AllowedOrigins.of(api.allowedOrigins()),
                REQUEST_DEADLINE,
                instances,
                api.logCalls());
    }

    static GrpcApiSettings grpc(Settings settings, Door door, int instances) {
        Api api = settings.api();
        return new GrpcApiSettings(
                at(settings, "grpc", api.grpcPort()),
                api.maxBodySize(),
                api.maxHeadSize(),
                door,
                REQUEST_DEADLINE,
                instances,
                api.logCalls());
    }

    /** The sockets' names are daprd's. */
    static ListenAddress at(Settings settings, String api, int port) {
        Path folder = settings.api().socketFolder();
        return folder == null
                ? ListenAddress.tcp(settings.api().listenAddresses(), port)
                : ListenAddress.unix(folder.resolve("dapr-" + settings.appId() + "-" + api + ".socket"));
    }

    static GatewayInfo info(Settings settings) {
        return new GatewayInfo(
                settings.appId(), settings.namespace(), Version.number(), connection(settings.channel()));
    }

    private static AppConnection connection(@Nullable AppChannel channel) {
        return channel == null
                ? NO_APP
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
