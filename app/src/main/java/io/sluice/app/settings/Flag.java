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
    APP_ID(Group.APP, Kind.TEXT, "app-id", "ID", "", "identity of this app, default consumer group; required, no dots"),
    APP_PORT(Group.APP, Kind.TEXT, "app-port", "PORT", "", "port of your app; without it nothing is delivered to it"),
    APP_PROTOCOL(Group.APP, Kind.TEXT, "app-protocol", "NAME", "http", "http, https, h2c, grpc or grpcs"),
    APP_CHANNEL_ADDRESS(Group.APP, Kind.TEXT, "app-channel-address", "HOST", "127.0.0.1", "host of your app"),
    APP_MAX_CONCURRENCY(
            Group.APP,
            Kind.TEXT,
            "app-max-concurrency",
            "N",
            "-1",
            "most deliveries in flight to the app over all bindings; -1 or 0 for no limit"),
    APP_BINDING_OPTIONS_TIMEOUT(
            Group.APP,
            Kind.TEXT,
            "app-binding-options-timeout",
            "DURATION",
            "3s",
            "how long the app may take to answer whether it wants a binding's records"),
    ENABLE_APP_HEALTH_CHECK(Group.APP, Kind.SWITCH, "enable-app-health-check", "", "false", "probe the app's health"),
    APP_HEALTH_CHECK_PATH(Group.APP, Kind.TEXT, "app-health-check-path", "PATH", "/healthz", "path of the probe"),
    APP_HEALTH_PROBE_INTERVAL(
            Group.APP, Kind.TEXT, "app-health-probe-interval", "SECONDS", "5", "seconds between probes"),
    APP_HEALTH_PROBE_TIMEOUT(
            Group.APP,
            Kind.TEXT,
            "app-health-probe-timeout",
            "MILLIS",
            "500",
            "milliseconds a probe may take; at most the interval"),
    APP_HEALTH_THRESHOLD(
            Group.APP,
            Kind.TEXT,
            "app-health-threshold",
            "N",
            "3",
            "failed probes in a row that make the app unhealthy"),

    RESOURCES_PATH(
            Group.FILES,
            Kind.LIST,
            "resources-path",
            "DIR",
            "./components",
            "folder of component files (YAML); repeatable, or separated by commas; also --components-path"),
    WATCH_COMPONENTS(
            Group.FILES,
            Kind.SWITCH,
            "watch-components",
            "",
            "true",
            "follow changes of component files and of the files of their secrets; --watch-components=false does not"),
    CONFIG(Group.FILES, Kind.TEXT, "config", "FILE", "", "settings in a YAML file: a map `sluice` of flag names"),

    DAPR_HTTP_PORT(Group.API, Kind.TEXT, "dapr-http-port", "PORT", "3500", "HTTP API; 0 picks a free port"),
    DAPR_GRPC_PORT(Group.API, Kind.TEXT, "dapr-grpc-port", "PORT", "50001", "gRPC API; 0 picks a free port"),
    DAPR_LISTEN_ADDRESSES(
            Group.API,
            Kind.LIST,
            "dapr-listen-addresses",
            "HOSTS",
            "127.0.0.1",
            "addresses of the APIs and of the metrics, separated by commas"),
    MAX_BODY_SIZE(
            Group.API,
            Kind.TEXT,
            "max-body-size",
            "SIZE",
            "4Mi",
            "largest request body: bytes or a quantity such as 4Mi or 10M; 0 or less for no limit"),

    TLS_CERT(
            Group.ENTRANCE,
            Kind.TEXT,
            "tls-cert",
            "FILE",
            "",
            "certificate of both APIs (PEM, with those between it and its root): they speak TLS then"),
    TLS_KEY(Group.ENTRANCE, Kind.TEXT, "tls-key", "FILE", "", "private key of the certificate (PEM)"),
    TLS_KEY_PASSWORD_FILE(
            Group.ENTRANCE,
            Kind.TEXT,
            "tls-key-password-file",
            "FILE",
            "",
            "what decrypts the key, if it is encrypted"),
    TLS_CLIENT_CA(
            Group.ENTRANCE,
            Kind.TEXT,
            "tls-client-ca",
            "FILE",
            "",
            "certificates that vouch for clients (PEM): clients are asked for theirs"),
    TLS_CLIENT_AUTH(
            Group.ENTRANCE,
            Kind.TEXT,
            "tls-client-auth",
            "NAME",
            "required",
            "required: no connection without a client certificate; optional: one stands for a token"),
    OIDC_ISSUER(
            Group.ENTRANCE,
            Kind.TEXT,
            "oidc-issuer",
            "URL",
            "",
            "whose bearer tokens are taken; its keys are found by OpenID Connect Discovery"),
    OIDC_AUDIENCE(
            Group.ENTRANCE,
            Kind.LIST,
            "oidc-audience",
            "NAMES",
            "",
            "audiences of which a bearer token has to name one; required with --oidc-issuer"),
    OIDC_JWKS_URL(
            Group.ENTRANCE,
            Kind.TEXT,
            "oidc-jwks-url",
            "URL",
            "",
            "the issuer's keys, for an issuer without a discovery document"),
    OIDC_CA(
            Group.ENTRANCE,
            Kind.TEXT,
            "oidc-ca",
            "FILE",
            "",
            "certificates that vouch for the issuer's server (PEM), instead of the system's"),

    METRICS_PORT(Group.OPERATION, Kind.TEXT, "metrics-port", "PORT", "9090", "Prometheus; 0 picks a free port"),
    ENABLE_METRICS(
            Group.OPERATION,
            Kind.SWITCH,
            "enable-metrics",
            "",
            "true",
            "serve metrics; --enable-metrics=false does not"),
    LOG_LEVEL(Group.OPERATION, Kind.TEXT, "log-level", "LEVEL", "info", "debug, info, warn, error or fatal"),
    LOG_AS_JSON(Group.OPERATION, Kind.SWITCH, "log-as-json", "", "false", "one JSON object per log line"),
    DAPR_GRACEFUL_SHUTDOWN_SECONDS(
            Group.OPERATION,
            Kind.TEXT,
            "dapr-graceful-shutdown-seconds",
            "SECONDS",
            "5",
            "time to finish what is in flight when told to stop"),
    DAPR_BLOCK_SHUTDOWN_DURATION(
            Group.OPERATION,
            Kind.TEXT,
            "dapr-block-shutdown-duration",
            "DURATION",
            "",
            "when told to stop, deliver nothing more but serve on this long, or until the app is unhealthy"),

    CLUSTER(Group.CLUSTER, Kind.SWITCH, "cluster", "", "false", "join the clustered event bus (Hazelcast)"),
    CLUSTER_CONFIG(
            Group.CLUSTER,
            Kind.TEXT,
            "cluster-config",
            "FILE",
            "",
            "Hazelcast's configuration (.xml, .yaml); without it, members of this machine only");

    /** How the values of a flag are given. */
    enum Kind {
        TEXT,
        /** Repeatable, and each value may hold several separated by commas. */
        LIST,
        /** {@code --flag} alone means true. */
        SWITCH
    }

    private static final String COMPONENTS_PATH = "components-path";

    private final Group group;
    private final Kind kind;
    private final String key;
    private final String placeholder;
    private final String defaultValue;
    private final String meaning;

    Flag(Group group, Kind kind, String key, String placeholder, String defaultValue, String meaning) {
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

    Kind kind() {
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
