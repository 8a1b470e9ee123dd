package io.sluice.app.settings;

import io.sluice.app.settings.Settings.LogLevel;
import io.sluice.app.settings.Settings.Protocol;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One right and one wrong value of every flag, and what the right one does to the settings. */
enum FlagCases {
    APP_ID("orders", Settings::appId, "orders", "a.b"),
    APP_PORT("3000", s -> Objects.requireNonNull(s.channel()).port(), 3000, "65536"),
    APP_PROTOCOL("grpc", s -> Objects.requireNonNull(s.channel()).protocol(), Protocol.GRPC, "ftp"),
    APP_SSL("true", s -> Objects.requireNonNull(s.channel()).protocol(), Protocol.HTTPS, "always"),
    APP_CHANNEL_ADDRESS("app.local", s -> Objects.requireNonNull(s.channel()).address(), "app.local", "a b"),
    APP_MAX_CONCURRENCY("7", s -> Objects.requireNonNull(s.channel()).maxConcurrency(), 7, "many"),
    APP_BINDING_OPTIONS_TIMEOUT(
            "1m30s", s -> Objects.requireNonNull(s.channel()).bindingOptionsTimeout(), Duration.ofSeconds(90), "soon"),
    ENABLE_APP_HEALTH_CHECK("true", s -> Objects.requireNonNull(s.channel()).health() != null, true, "perhaps"),
    APP_HEALTH_CHECK_PATH("up", s -> health(s).path(), "/up", "a b"),
    APP_HEALTH_PROBE_INTERVAL("9", s -> health(s).interval(), Duration.ofSeconds(9), "often"),
    APP_HEALTH_PROBE_TIMEOUT("900", s -> health(s).timeout(), Duration.ofMillis(900), "5001"),
    APP_HEALTH_THRESHOLD("2", s -> health(s).threshold(), 2, "2.5"),
    RESOURCES_PATH("a,b", Settings::resourcePaths, List.of(Path.of("a"), Path.of("b")), null),
    WATCH_COMPONENTS("false", Settings::watchComponents, false, "sometimes"),
    CONFIG(null, Settings::appId, "", "/no/such/file.yaml"),
    DAPR_HTTP_PORT("0", s -> s.api().httpPort(), 0, "-1"),
    DAPR_GRPC_PORT("1234", s -> s.api().grpcPort(), 1234, "http"),
    DAPR_LISTEN_ADDRESSES(
            "127.0.0.1, [::1]", s -> s.api().listenAddresses(), List.of("127.0.0.1", "::1"), "127.0.0.1,a b"),
    MAX_BODY_SIZE("1Ki", s -> s.api().maxBodySize(), 1024L, "1Kib"),
    DAPR_HTTP_MAX_REQUEST_SIZE("2", s -> s.api().maxBodySize(), 2L << 20, "2Mi"),
    READ_BUFFER_SIZE("8Ki", s -> s.api().maxHeadSize(), 8192, "8Kib"),
    DAPR_HTTP_READ_BUFFER_SIZE("32", s -> s.api().maxHeadSize(), 32768, "32Ki"),
    ALLOWED_ORIGINS(
            "https://a.example, https://*.b.example",
            s -> s.api().allowedOrigins(),
            List.of("https://a.example", "https://*.b.example"),
            null),
    UNIX_DOMAIN_SOCKET("src", s -> s.api().socketFolder(), Path.of("src"), "/no/such/folder"),
    DAPR_PUBLIC_PORT("3501", s -> s.api().publicPort(), new Settings.PublicPort("0.0.0.0", 3501), "many"),
    DAPR_PUBLIC_LISTEN_ADDRESS(null, s -> s.api().publicPort(), "", "a b"),
    ENABLE_API_LOGGING("true", s -> s.api().logCalls(), true, "loudly"),
    TLS_CERT(null, s -> s.entrance().tls(), "", "/no/such/file.pem"),
    TLS_KEY(null, s -> s.entrance().tls(), "", "/no/such/file.pem"),
    TLS_KEY_PASSWORD_FILE(null, s -> s.entrance().tls(), "", "/no/such/file"),
    TLS_CLIENT_CA(null, s -> s.entrance().tls(), "", "/no/such/file.pem"),
    TLS_CLIENT_AUTH(null, s -> s.entrance().tls(), "", "perhaps"),
    OIDC_ISSUER(null, s -> s.entrance().access().oidc(), "", null),
    OIDC_AUDIENCE(null, s -> s.entrance().access().oidc(), "", "shop"),
    OIDC_JWKS_URL(null, s -> s.entrance().access().oidc(), "", "https://login.example.com/keys"),
    OIDC_CA(null, s -> s.entrance().access().oidc(), "", "/no/such/file.pem"),
    METRICS_PORT("0", s -> s.metrics().port(), 0, "99999"),
    ENABLE_METRICS("false", s -> s.metrics().enabled(), false, "no thanks"),
    LOG_LEVEL("DEBUG", s -> s.log().level(), LogLevel.DEBUG, "loud"),
    LOG_AS_JSON("true", s -> s.log().json(), true, "2"),
    DAPR_GRACEFUL_SHUTDOWN_SECONDS("12", s -> s.shutdown().grace(), Duration.ofSeconds(12), "5s"),
    DAPR_BLOCK_SHUTDOWN_DURATION("250ms", s -> s.shutdown().block(), Duration.ofMillis(250), "soon"),
    CLUSTER("true", s -> s.cluster().enabled(), true, "maybe"),
    CLUSTER_CONFIG(null, s -> s.cluster().configuration(), "", "/no/such/file.xml");

    private final @Nullable String right;
    private final Function<Settings, @Nullable Object> effect;
    private final Object expected;
    private final @Nullable String wrong;

    FlagCases(
            @Nullable String right,
            Function<Settings, @Nullable Object> effect,
            Object expected,
            @Nullable String wrong) {
        this.right = right;
        this.effect = effect;
        this.expected = expected;
        this.wrong = wrong;
    }

    Flag flag() {
        return Flag.valueOf(name());
    }

    /** Null for a file, which has tests of its own. */
    @Nullable
    String right() {
        return right;
    }

    @Nullable
    Object effect(Settings settings) {
        return effect.apply(settings);
    }

    Object expected() {
        return expected;
    }

    /** Null where every value is right. */
    @Nullable
    String wrong() {
        return wrong;
    }

    private static Settings.AppHealth health(Settings settings) {
        return Objects.requireNonNull(Objects.requireNonNull(settings.channel()).health());
    }
}
