package io.sluice.http.deliver;

import io.micrometer.core.instrument.Tags;
import io.sluice.http.grpc.GoStatus;
import io.vertx.grpc.common.GrpcStatus;

/** Dapr's names and labels for the calls of an app, by its protocol. */
enum MeterWords {
    HTTP("dapr_http_client_", "dapr_http_healthprobes_", "completed_count", "sent_bytes", "received_bytes") {
        @Override
        Tags call(String target, int status) {
            return Tags.of("method", "POST", "path", target).and(probe(status));
        }

        @Override
        Tags probe(int status) {
            return Tags.of("status", String.valueOf(status));
        }
    },
    GRPC(
            "dapr_grpc_io_client_",
            "dapr_grpc_io_healthprobes_",
            "completed_rpcs",
            "sent_bytes_per_rpc",
            "received_bytes_per_rpc") {
        @Override
        Tags call(String target, int status) {
            return Tags.of("grpc_client_method", target).and(probe(status));
        }

        @Override
        Tags probe(int status) {
            return Tags.of("grpc_client_status", GoStatus.name(GrpcStatus.valueOf(status)));
        }
    };

    private final String calls;
    private final String probes;
    private final String completed;
    private final String sent;
    private final String received;

    MeterWords(String calls, String probes, String completed, String sent, String received) {
        this.calls = calls;
        this.probes = probes;
        this.completed = completed;
        this.sent = sent;
        this.received = received;
    }

    /**
     * The labels of a call, beside the app's.
     *
     * @param target path or method
     * @param status of the protocol
     */
    abstract Tags call(String target, int status);

    /** The labels of a health probe, beside the app's. */
    abstract Tags probe(int status);

    String latency() {
        return calls + "roundtrip_latency";
    }

    String completed() {
        return calls + completed;
    }

    String sent() {
        return calls + sent;
    }

    String received() {
        return calls + received;
    }

    String probeLatency() {
        return probes + "roundtrip_latency";
    }

    String probesCompleted() {
        return probes + "completed_count";
    }
}
