package io.sluice.app.settings;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every flag, once: the command line, the help text, the environment, the configuration file and
 * {@code docs/configuration.md} are made from this table. Names and defaults are daprd's.
 */
enum Flag {
    APP_ID(Group.APP, "app-id", "ID", "", "identity of this app, default consumer group; required, no dots"),
    APP_PORT(Group.APP, "app-port", "PORT", "", "port of your app; without it nothing is delivered to it"),
    APP_PROTOCOL(Group.APP, "app-protocol", "NAME", "http", "http, https, h2c, grpc or grpcs"),
    APP_SSL(Group.APP, "app-ssl", false, "old way to say --app-protocol https or grpcs"),
    APP_CHANNEL_ADDRESS(Group.APP, "app-channel-address", "HOST", "127.0.0.1", "host of your app"),
    APP_MAX_CONCURRENCY(
            Group.APP,
            "app-max-concurrency",
            "N",
            "-1",
            "most deliveries in flight to the app over all bindings; -1 or 0 for no limit"),
    APP_BINDING_OPTIONS_TIMEOUT(
            Group.APP,
            "app-binding-options-timeout",
            "DURATION",
            "3s",
            "how long the app may take to answer whether it wants a binding's records"),
    ENABLE_APP_HEALTH_CHECK(Group.APP, "enable-app-health-check", false, "probe the app's health"),
    APP_HEALTH_CHECK_PATH(Group.APP, "app-health-check-path", "PATH", "/healthz", "path of the probe"),
    APP_HEALTH_PROBE_INTERVAL(Group.APP, "app-health-probe-interval", "SECONDS", "5", "seconds between probes"),
    APP_HEALTH_PROBE_TIMEOUT(
            Group.APP,
            "app-health-probe-timeout",
            "MILLIS",
            "500",
            "milliseconds a probe may take; at most the interval"),
    APP_HEALTH_THRESHOLD(
            Group.APP, "app-health-threshold", "N", "3", "failed probes in a row that make the app unhealthy"),

    RESOURCES_PATH(
            Group.FILES,
            FlagKind.LIST,
            "resources-path",
            "DIR",
            "./components",
            "folder of component files (YAML); repeatable, or separated by commas; also --components-path"),
    WATCH_COMPONENTS(
            Group.FILES,
            "watch-components",
            true,
            "follow changes of component files and of the files of their secrets; --watch-components=false does not"),
    CONFIG(Group.FILES, FlagKind.LIST, "config", "FILE", "", "YAML file: a map `sluice` of flag names; repeatable"),

    DAPR_HTTP_PORT(Group.API, "dapr-http-port", "PORT", "3500", "HTTP API; 0 picks a free port"),
    DAPR_GRPC_PORT(Group.API, "dapr-grpc-port", "PORT", "50001", "gRPC API; 0 picks a free port"),
    DAPR_LISTEN_ADDRESSES(
            Group.API,
            FlagKind.LIST,
            "dapr-listen-addresses",
            "HOSTS",
            "127.0.0.1",
            "addresses of the APIs and of the metrics, separated by commas"),
    MAX_BODY_SIZE(
            Group.API,
            "max-body-size",
            "SIZE",
            "4Mi",
            "largest request body: bytes or a quantity such as 4Mi or 10M; 0 for no limit"),
    DAPR_HTTP_MAX_REQUEST_SIZE(
            Group.API, "dapr-http-max-request-size", "MIB", "", "old name of --max-body-size, which wins, in MiB"),
    READ_BUFFER_SIZE(
            Group.API,
            "read-buffer-size",
            "SIZE",
            "",
            "longest head of a request (16Ki if not given) and of an answer of your app (64Ki); 0 for 1Mi"),
    DAPR_HTTP_READ_BUFFER_SIZE(
            Group.API, "dapr-http-read-buffer-size", "KIB", "", "old name of --read-buffer-size, which wins, in KiB"),
    ALLOWED_ORIGINS(
            Group.API,
            FlagKind.LIST,
            "allowed-origins",
            "ORIGINS",
            "",
            "origins whose pages may call the HTTP API, separated by commas, one * in each allowed; * alone for all"),
    UNIX_DOMAIN_SOCKET(
            Group.API,
            "unix-domain-socket",
            "DIR",
            "",
            "folder in which the APIs listen instead of on their ports: dapr-ID-http.socket, dapr-ID-grpc.socket"),
    DAPR_PUBLIC_PORT(
            Group.API,
            "dapr-public-port",
            "PORT",
            "",
            "a port more, which serves health and metadata to whoever can reach it"),
    DAPR_PUBLIC_LISTEN_ADDRESS(
            Group.API, "dapr-public-listen-address", "HOST", "0.0.0.0", "address of --dapr-public-port"),
    ENABLE_API_LOGGING(Group.API, "enable-api-logging", false, "one line of the log per call, probes left out"),

    TLS_CERT(
            Group.ENTRANCE,
            "tls-cert",
            "FILE",
            "",
            "certificate of both APIs (PEM, with those between it and its root): they speak TLS then"),
    TLS_KEY(Group.ENTRANCE, "tls-key", "FILE", "", "private key of the certificate (PEM)"),
    TLS_KEY_PASSWORD_FILE(
            Group.ENTRANCE, "tls-key-password-file", "FILE", "", "what decrypts the key, if it is encrypted"),
    TLS_CLIENT_CA(
            Group.ENTRANCE,
            "tls-client-ca",
            "FILE",
            "",
            "certificates that vouch for clients (PEM): clients are asked for theirs"),
    TLS_CLIENT_AUTH(
            Group.ENTRANCE,
            "tls-client-auth",
            "NAME",
            "required",
            "required: no connection without a client certificate; optional: one stands for a token"),
    OIDC_ISSUER(
            Group.ENTRANCE,
            "oidc-issuer",
            "URL",
            "",
            "whose bearer tokens are taken; its keys are found by OpenID Connect Discovery"),
    OIDC_AUDIENCE(
            Group.ENTRANCE,
            FlagKind.LIST,
            "oidc-audience",
            "NAMES",
            "",
            "audiences of which a bearer token has to name one; required with --oidc-issuer"),
    OIDC_JWKS_URL(
            Group.ENTRANCE,
            "oidc-jwks-url",
            "URL",
            "",
            "the issuer's keys, for an issuer without a discovery document"),
    OIDC_CA(
            Group.ENTRANCE,
            "oidc-ca",
            "FILE",
            "",
            "certificates that vouch for the issuer's server (PEM), instead of the system's"),

    METRICS_PORT(Group.OPERATION, "metrics-port", "PORT", "9090", "Prometheus; 0 picks a free port"),
    ENABLE_METRICS(Group.OPERATION, "enable-metrics", true, "serve metrics; --enable-metrics=false does not"),

    LOG_LEVEL(Group.OPERATION, "log-level", "LEVEL", "info", "debug, info, warn, error or fatal"),
    LOG_AS_JSON(Group.OPERATION, "log-as-json", false, "one JSON object per log line"),
    DAPR_GRACEFUL_SHUTDOWN_SECONDS(
            Group.OPERATION,
            "dapr-graceful-shutdown-seconds",
            "SECONDS",
            "5",
            "time to finish what is in flight when told to stop"),
    DAPR_BLOCK_SHUTDOWN_DURATION(
            Group.OPERATION,
            "dapr-block-shutdown-duration",
            "DURATION",
            "",
            "when told to stop, deliver nothing more but serve on this long, or until the app is unhealthy"),

    CLUSTER(Group.CLUSTER, "cluster", false, "join the clustered event bus (Hazelcast)"),
    CLUSTER_CONFIG(
            Group.CLUSTER,
            "cluster-config",
            "FILE",
            "",
            "Hazelcast's configuration (.xml, .yaml); without it, members of this machine only");

    private static final String COMPONENTS_PATH = "components-path";

    private final Group group;
    private final FlagKind kind;
    private final String key;
    private final String placeholder;
    private final String defaultValue;
    private final String meaning;

    Flag(Group group, String key, String placeholder, String defaultValue, String meaning) {
        this(group, FlagKind.TEXT, key, placeholder, defaultValue, meaning);
    }

    Flag(Group group, String key, boolean defaultValue, String meaning) {
        this(group, FlagKind.SWITCH, key, "", String.valueOf(defaultValue), meaning);
    }

    Flag(Group group, FlagKind kind, String key, String placeholder, String defaultValue, String meaning) {
        this.group = group;
        this.kind = kind;
        this.key = key;
        this.placeholder = placeholder;
        this.defaultValue = defaultValue;
        this.meaning = meaning;
    }

    /** The flag of that name without dashes, as the command line and the file spell it. */
    static Optional<Flag> named(String key) {
        return Stream.of(values()).filter(flag -> flag.keys().contains(key)).findFirst();
    }

    Group group() {
        return group;
    }

    FlagKind kind() {
        return kind;
    }

    /** The name without dashes. */
    String key() {
        return key;
    }

    /** The name without dashes, and its alias if it has one. */
    List<String> keys() {
        return this == RESOURCES_PATH ? List.of(key, COMPONENTS_PATH) : List.of(key);
    }

    /** As the command line spells it. */
    String option() {
        return "--" + key;
    }

    String placeholder() {
        return placeholder;
    }

    /** The value when none is given, empty for none. */
    String defaultValue() {
        return defaultValue;
    }

    String meaning() {
        return meaning;
    }

    /** The environment variables that give it, the strongest first; the second is daprd's own. */
    List<String> variables() {
        String own = EnvironmentFlags.PREFIX + key.replace('-', '_').toUpperCase(Locale.ROOT);
        return this == DAPR_HTTP_PORT || this == DAPR_GRPC_PORT ? List.of(own, name()) : List.of(own);
    }
}
