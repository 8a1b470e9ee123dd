package io.sluice.http.deliver;

import io.micrometer.core.instrument.DistributionSummary;
import io.sluice.core.health.Health;
import io.sluice.core.time.Rounds;
import io.sluice.http.deliver.AppChannelSettings.HealthCheck;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.time.Duration;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the app can be given records. As in Dapr: first its port must accept; after that it counts as healthy or, with
 * health checks, from its first successful probe on, until so many have failed in a row.
 *
 * <p>Belongs to one context.
 */
final class AppHealth {
    private static final Logger log = LoggerFactory.getLogger(AppHealth.class);

    private static final String TARGET = "app";
    private static final int DIAL_MILLIS = 500;
    /** Beyond its own limit a probe is lost. */
    private static final Duration PROBE_MARGIN = Duration.ofSeconds(10);

    private static final long DIAL_PAUSE_MILLIS = 100;
    private static final double NANOS_PER_MILLI = 1e6;

    private final Vertx vertx;
    private final AppChannelSettings settings;
    private final AppAddress address;
    private final AppQuestions questions;
    private final IntFunction<DistributionSummary> probeLatency;
    private final Health health;
    private final Listener listener;
    private final AppTrouble told;
    private String trouble = "";
    private int failures;
    private boolean introduced;
    private boolean stopped;
    private @Nullable Rounds probes;

    /** Gets the first state and every change. */
    interface Listener {
        void appIsHealthy();

        /** @param reason in words for an operator */
        void appIsUnhealthy(String reason);
    }

    AppHealth(
            Vertx vertx,
            AppChannelSettings settings,
            AppQuestions questions,
            AppMetrics metrics,
            Health health,
            Listener listener) {
        this.vertx = vertx;
        this.settings = settings;
        this.address = new AppAddress(settings);
        this.questions = questions;
        this.probeLatency = metrics::probes;
        this.health = health;
        this.listener = listener;
        this.told = new AppTrouble(vertx, settings.where(), remedy(settings));
    }

    private static String remedy(AppChannelSettings settings) {
        var check = settings.health();
        String where = "let the app listen on " + settings.where() + ", or see --app-port and --app-channel-address";
        return check == null
                ? where
                : where + "; it has to answer " + check.path() + " with 2xx, see --app-health-check-path";
    }

    void start() {
        health.startup().appAwaited();
        becomeUnhealthy("the app does not listen on " + settings.where() + " yet");
        awaitPort(vertx.createNetClient(new NetClientOptions().setConnectTimeout(DIAL_MILLIS)));
    }

    void stop() {
        stopped = true;
        told.forget();
        if (probes != null) {
            probes.stop();
        }
        health.remove(TARGET);
    }

    /** Why the app gets nothing; empty when it is healthy. */
    String trouble() {
        return trouble;
    }

    private void awaitPort(NetClient dialer) {
        if (stopped) {
            return;
        }
        // Composed, so that what is thrown fails the future, and it is tried again.
        Future.succeededFuture()
                .compose(v -> address.reach(dialer::connect))
                .onSuccess(socket -> {
                    socket.close();
                    dialer.close();
                    portAccepts();
                })
                .onFailure(away -> vertx.setTimer(DIAL_PAUSE_MILLIS, pause -> awaitPort(dialer)));
    }

    private void portAccepts() {
        log.atInfo().addKeyValue("address", settings.where()).log("the app listens");
        health.startup().appListens();
        var check = settings.health();
        if (check == null) {
            becomeHealthy();
        } else {
            Duration limit = check.timeout().plus(PROBE_MARGIN);
            // Before anyone is told: whatever comes of that, the app is probed.
            var rounds = new Rounds(vertx.getOrCreateContext(), "probing the app's health", limit, () -> probe(check));
            probes = rounds;
            rounds.start();
            becomeUnhealthy("no health probe of the app has succeeded yet");
        }
    }

    /** @return the pause before the next one */
    private Future<Duration> probe(HealthCheck check) {
        long begin = System.nanoTime();
        return questions.pulse(check).map(pulse -> {
            long nanos = System.nanoTime() - begin;
            if (!stopped) {
                probeLatency.apply(pulse.status()).record(nanos / NANOS_PER_MILLI);
                onProbed(check, pulse);
            }
            return check.interval().minusNanos(nanos);
        });
    }

    private void onProbed(HealthCheck check, Pulse pulse) {
        if (pulse.healthy()) {
            failures = 0;
            if (!trouble.isEmpty()) {
                becomeHealthy();
            }
            return;
        }
        failures++;
        if (trouble.isEmpty() && failures >= check.threshold()) {
            becomeUnhealthy("the app is not in a healthy state: " + failures + " probes failed in a row, the last "
                    + pulse.words());
        }
    }

    private void becomeHealthy() {
        trouble = "";
        health.ready(TARGET, false);
        told.isOver(!introduced);
        listener.appIsHealthy();
        if (!introduced) {
            introduced = true;
            questions.onFirstHealthy();
        }
    }

    private void becomeUnhealthy(String reason) {
        trouble = reason;
        health.notReady(TARGET, false, reason);
        told.lasts(reason);
        listener.appIsUnhealthy(reason);
    }
}
