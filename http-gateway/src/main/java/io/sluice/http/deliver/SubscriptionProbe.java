package io.sluice.http.deliver;

import io.sluice.core.binding.Direction;
import io.sluice.core.binding.KafkaBinding;
import io.sluice.core.health.Startup;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Finds out whether a healthy app wants the records of one binding, and opens and closes the binding's gate. A binding
 * whose {@code direction} names input is not asked about. Otherwise the app is asked in its protocol:
 *
 * <pre>
 *   wanted    open
 *   unwanted  closed; asked again every 4 s, the app may have changed since
 *   unclear   closed; asked again after 100 ms, then twice as long each time up to 4 s
 * </pre>
 *
 * <p>Each binding asks by itself, so that trouble with one does not hold up others. Belongs to one context.
 */
final class SubscriptionProbe implements AppHealth.Listener {
    private static final Logger log = LoggerFactory.getLogger(SubscriptionProbe.class);

    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 4_000;
    private static final long TOLD_EVERY_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Vertx vertx;
    private final KafkaBinding binding;
    private final AppQuestions questions;
    private final Gates gates;
    private final Startup startup;
    private final LongSupplier nanoClock;
    private long toldAt;
    private String unwantedBecause = "";

    /** Changes whenever what is under way does not matter any more. */
    private int round;

    SubscriptionProbe(
            Vertx vertx,
            KafkaBinding binding,
            AppQuestions questions,
            Gates gates,
            Startup startup,
            LongSupplier nanoClock) {
        this.vertx = vertx;
        this.binding = binding;
        this.questions = questions;
        this.gates = gates;
        this.startup = startup;
        this.nanoClock = nanoClock;
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
        if (asked == round) {
            // Composed, so that what is thrown fails the future, and the app is asked again.
            Future.succeededFuture()
                    .compose(v -> questions.subscription(binding))
                    .otherwise(defect -> Subscription.unclear("internal error: " + defect))
                    .onSuccess(told -> {
                        if (asked == round) {
                            onTold(told, pause);
                        }
                    });
        }
    }

    private void onTold(Subscription told, long pause) {
        switch (told.wish()) {
            case WANTED -> onWanted();
            case UNWANTED -> onUnwanted(told.reason());
            case UNCLEAR -> onUnclear(told.reason(), pause);
        }
    }

    private void onWanted() {
        unwantedBecause = "";
        log.atInfo().addKeyValue("binding", binding.name()).log("the app has subscribed to the binding");
        gates.open(binding.name());
    }

    private void onUnwanted(String reason) {
        if (!reason.equals(unwantedBecause)) {
            unwantedBecause = reason;
            log.atWarn()
                    .addKeyValue("binding", binding.name())
                    .addKeyValue("reason", reason)
                    .addKeyValue(
                            "remedy",
                            questions.remedy(binding)
                                    + "; if the app is not to have them, keep the component from it with scopes, or"
                                    + " declare direction: output")
                    .log("the app has not subscribed to the binding");
        }
        gates.close(binding.name(), "the app has not subscribed to the binding: " + reason);
        startup.inputUnwanted(binding.name());
        askLater(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS);
    }

    private void onUnclear(String reason, long pause) {
        log.atLevel(isToBeTold(pause == FIRST_PAUSE_MILLIS) ? Level.WARN : Level.DEBUG)
                .addKeyValue("binding", binding.name())
                .addKeyValue("reason", reason)
                .addKeyValue("remedy", questions.remedy(binding))
                .log("the app has not said whether it wants the binding's records, asking again");
        gates.close(binding.name(), "the app has not said whether it wants the records: " + reason);
        askLater(pause, Math.min(pause * 2, LONGEST_PAUSE_MILLIS));
    }

    /** At once and then each minute: the gate keeps the latest reason for whoever looks. */
    private boolean isToBeTold(boolean first) {
        long now = nanoClock.getAsLong();
        if (!first && now - toldAt < TOLD_EVERY_NANOS) {
            return false;
        }
        toldAt = now;
        return true;
    }

    private void askLater(long pause, long nextPause) {
        int asked = round;
        vertx.setTimer(pause, later -> ask(asked, nextPause));
    }
}
