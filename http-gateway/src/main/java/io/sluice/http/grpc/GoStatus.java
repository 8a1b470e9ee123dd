package io.sluice.http.grpc;

import io.vertx.grpc.common.GrpcStatus;
import java.util.Locale;

/** The names of statuses as Go prints them, which are those of Dapr's metrics. */
public final class GoStatus {
    private GoStatus() {}

    /** For example {@code OK}, {@code Canceled}, {@code ResourceExhausted}. */
    public static String name(GrpcStatus status) {
        if (status == GrpcStatus.OK) {
            return status.name();
        }
        if (status == GrpcStatus.CANCELLED) {
            return "Canceled";
        }
        var name = new StringBuilder();
        for (var word : status.name().toLowerCase(Locale.ROOT).split("_")) {
            name.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
        }
        return name.toString();
    }
}
