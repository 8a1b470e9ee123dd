package io.sluice.http.deliver;

import io.sluice.core.binding.Direction;
import io.sluice.core.binding.KafkaBinding;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Finds out whether a healthy app wants the records of one binding, and opens and closes the binding's gate. A binding
 * whose {@code direction} names input is not asked about. Otherwise the app is asked with OPTIONS:
 *
 * <pre>
 *   2xx, 405       open
 *   404            closed; asked again every minute, the app may have got the route since
 *   anything else  closed; asked again after 100 ms, then twice as long each time up to 10 s
 * </pre>
 *
 * <p>Each binding asks by itself, so that trouble with one does not hold up others. Belongs to one context.
 */
final class SubscriptionProbe implements AppHealth.Listener {
    private static final Logger log = LoggerFactory.getLogger(SubscriptionProbe.class);

    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 10_000;
    private static final long NOT_SUBSCRIBED_PAUSE_MILLIS = 60_000;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;

    private final Vertx vertx;
    private final KafkaBinding binding;
    private final AppProbe probe;
    private final Duration timeout;
    private final Gates gates;

    /** Changes whenever what is under way does not matter any more. */
    private int round;

    SubscriptionProbe(Vertx vertx, KafkaBinding binding, AppProbe probe, Duration timeout, Gates gates) {
        this.vertx = vertx;
        this.binding = binding;
        this.probe = probe;
        this.timeout = timeout;
        this.gates = gates;
    }

    @Override
    public void appIsHealthy() {
        round++;
        if (binding.direction().contains(Direction.INPUT)) {
            gates.open(binding.name());
        } else {
            gates.close(binding.name(), "the app has not said yet whether it wants the records");
            ask(round, FIRST_PAUSE_MILLIS);
        }
    }

    @Override
    public void appIsUnhealthy(String reason) {
        round++;
        gates.close(binding.name(), reason);
    }

    /** Asks no more. */
    void stop() {
        round++;
        gates.remove(binding.name());
    }

    private void ask(int asked, long pause) {
        if (asked != round) {
            return;
        }
        probe.ask(HttpMethod.OPTIONS, RequestPath.of(binding.route()), timeout)
                .onComplete(
                        status -> onStatus(asked, status, pause), cause -> onUnclear(asked, Causes.text(cause), pause));
    }

    private void onStatus(int asked, int status, long pause) {
        if (!AppAnswer.isSuccess(status) && status != METHOD_NOT_ALLOWED && status != NOT_FOUND) {
            onUnclear(asked, "status " + status, pause);
        } else if (asked == round && status == NOT_FOUND) {
            log.atInfo().addKeyValue("binding", binding.name()).log("the app has not subscribed to the binding");
            gates.close(binding.name(), "the app has not subscribed to the binding: it answers OPTIONS with 404");
            vertx.setTimer(NOT_SUBSCRIBED_PAUSE_MILLIS, later -> ask(asked, FIRST_PAUSE_MILLIS));
        } else if (asked == round) {
            log.atInfo().addKeyValue("binding", binding.name()).log("the app has subscribed to the binding");
            gates.open(binding.name());
        }
    }

    private void onUnclear(int asked, String reason, long pause) {
        if (asked != round) {
            return;
        }
        // Once a round: the gate keeps the latest reason for whoever looks.
        log.atLevel(pause == FIRST_PAUSE_MILLIS ? Level.WARN : Level.DEBUG)
                .addKeyValue("binding", binding.name())
                .addKeyValue("reason", reason)
                .log("the app has not said whether it wants the binding's records, asking again");
        gates.close(binding.name(), "the app has not said whether it wants the records: " + reason);
        vertx.setTimer(pause, later -> ask(asked, Math.min(pause * 2, LONGEST_PAUSE_MILLIS)));
    }
}
