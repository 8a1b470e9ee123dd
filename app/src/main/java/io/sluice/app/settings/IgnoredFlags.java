package io.sluice.app.settings;

import java.util.List;

/** Flags of daprd about things that Sluice does not have: accepted, so that a daprd command line starts Sluice. */
final class IgnoredFlags {
    /** Without dashes, in alphabetical order. */
    static final List<String> KEYS = List.of(
            "actors-service",
            "app-ssl",
            "control-plane-address",
            "control-plane-namespace",
            "control-plane-trust-domain",
            "dapr-internal-grpc-listen-address",
            "dapr-internal-grpc-port",
            "disable-builtin-k8s-secret-store",
            "disable-init-endpoints",
            "enable-mtls",
            "enable-profiling",
            "internal-grpc-port",
            "metrics-listen-address",
            "mode",
            "placement-host-address",
            "profile-port",
            "reminders-service",
            "scheduler-host-address",
            "scheduler-job-streams",
            "sentry-address",
            "trust-anchors-file");

    private IgnoredFlags() {}
}
