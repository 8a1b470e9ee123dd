package io.sluice.app.settings;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Flags of daprd about what Sluice does not have: accepted whatever they say, so that a daprd command line starts Sluice. */
enum IgnoredFlag {
    ACTORS_DISSEMINATE_TIMEOUT,
    ACTORS_SERVICE,
    CONTROL_PLANE_ADDRESS,
    CONTROL_PLANE_NAMESPACE,
    CONTROL_PLANE_TRUST_DOMAIN,
    DAPR_INTERNAL_GRPC_LISTEN_ADDRESS,
    DAPR_INTERNAL_GRPC_PORT,
    DISABLE_BUILTIN_K8S_SECRET_STORE(FlagKind.SWITCH),
    DISABLE_INIT_ENDPOINTS,
    ENABLE_MTLS(FlagKind.SWITCH),
    ENABLE_PROFILING(FlagKind.SWITCH),
    HOT_RELOAD_RECONCILE_INTERVAL,
    INTERNAL_GRPC_PORT,
    METRICS_LISTEN_ADDRESS,
    MODE,
    PLACEMENT_HOST_ADDRESS,
    PROFILE_PORT,
    REMINDERS_SERVICE,
    SCHEDULER_HOST_ADDRESS,
    SCHEDULER_JOB_STREAMS,
    SENTRY_ADDRESS,
    SENTRY_REQUEST_JWT_AUDIENCES,
    TRUST_ANCHORS_FILE;

    private final FlagKind kind;

    IgnoredFlag() {
        this(FlagKind.TEXT);
    }

    IgnoredFlag(FlagKind kind) {
        this.kind = kind;
    }

    FlagKind kind() {
        return kind;
    }

    /** The name without dashes. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** As the command line spells it. */
    String option() {
        return "--" + key();
    }

    /** What the line would mean to daprd and does not mean here; empty where nothing is lost. */
    Optional<String> loss(String value, Settings settings) {
        return Optional.ofNullable(
                        switch (this) {
                            case MODE ->
                                !value.isEmpty() && !value.equalsIgnoreCase("standalone")
                                        ? "components and settings come from files here, not from the Kubernetes API"
                                        : null;
                            case ENABLE_PROFILING ->
                                List.of("true", "1", "t").contains(value.toLowerCase(Locale.ROOT))
                                        ? "there is no profile server"
                                        : null;
                            case DISABLE_INIT_ENDPOINTS ->
                                value.toLowerCase(Locale.ROOT).contains("config")
                                        ? "the app is asked for /dapr/config all the same"
                                        : null;
                            case METRICS_LISTEN_ADDRESS ->
                                settings.metrics().enabled()
                                                && !settings.api()
                                                        .listenAddresses()
                                                        .equals(List.of(value))
                                        ? "the metrics are on the addresses of " + Flag.DAPR_LISTEN_ADDRESSES.option()
                                        : null;
                            default -> null;
                        })
                .map(lost -> option() + ": has no effect: " + lost);
    }
}
