package io.sluice.app;

import io.sluice.app.reload.RunningBindings;
import io.sluice.core.health.Health;
import io.sluice.core.health.Health.Status;
import io.sluice.kafka.consume.InputBindings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time of {@code --dapr-block-shutdown-duration}, between the request to stop and the stop: the app gets no more
 * records, and what it calls is there until it has finished.
 */
final class WindingUp {
    private static final Logger LOG = LoggerFactory.getLogger(WindingUp.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final Vertx vertx;
    private final RunningBindings bindings;
    private final InputBindings input;
    private final Health health;

    WindingUp(Vertx vertx, RunningBindings bindings, InputBindings input, Health health) {
        this.vertx = vertx;
        this.bindings = bindings;
        this.input = input;
        this.health = health;
    }

    /**
     * Delivers nothing more and serves on.
     *
     * @param appIsProbed whether the app's health says when it has finished
     * @return done after {@code limit}, or when the app is not healthy
     */
    Future<Void> serveOn(Duration limit, boolean appIsProbed) {
        bindings.stop();
        input.drain().onFailure(cause -> LOG.warn("not all input bindings could be stopped", cause));
        Promise<Void> over = Promise.promise();
        vertx.setTimer(Math.max(1, limit.toMillis()), timer -> over.tryComplete());
        if (appIsProbed) {
            long looks = vertx.setPeriodic(BETWEEN_LOOKS.toMillis(), timer -> {
                if (!appIsHealthy()) {
                    over.tryComplete();
                }
            });
            over.future().onSuccess(v -> vertx.cancelTimer(looks));
        }
        return over.future();
    }

    private boolean appIsHealthy() {
        Status app = health.targets().get("app");
        return app != null && app.ready();
    }
}
