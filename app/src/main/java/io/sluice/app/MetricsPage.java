package io.sluice.app;

import io.sluice.app.settings.Settings;
import io.sluice.app.settings.Settings.Metrics;
import io.sluice.app.telemetry.MetricsServer;
import io.sluice.app.telemetry.Telemetry;
import io.sluice.http.listen.ListenAddress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;

/** Starts the metrics page, and notes how to stop it. */
final class MetricsPage {
    private static final int NONE = -1;

    private MetricsPage() {}

    /** @return the port, -1 when there is to be no page; fails with a {@link StartFailure} when the port cannot be had */
    static Future<Integer> start(Vertx vertx, Settings settings, Telemetry telemetry, Started started) {
        Metrics metrics = settings.metrics();
        if (!metrics.enabled()) {
            return Future.succeededFuture(NONE);
        }
        List<String> addresses = settings.api().listenAddresses();
        return MetricsServer.start(vertx, telemetry, addresses, metrics.port())
                .recover(cause -> Future.failedFuture(
                        ListenFailure.of("--metrics-port", ListenAddress.tcp(addresses, metrics.port()), cause)))
                .onSuccess(server -> started.add("metrics page", server::stop))
                .map(MetricsServer::port);
    }
}
