package io.sluice.http.deliver;

import io.sluice.core.binding.KafkaBinding;
import io.sluice.http.deliver.AppChannelSettings.HealthCheck;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The questions to an app that speaks HTTP. It is asked for its wish with OPTIONS on the binding's path: 2xx and 405 are
 * yes, 404 is no, and anything else is unclear.
 */
final class HttpQuestions implements AppQuestions {
    private static final Logger log = LoggerFactory.getLogger(HttpQuestions.class);

    private static final String CONFIG = "/dapr/config";
    private static final int NO_ANSWER = 0;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;

    private final AppProbe probe;
    private final Duration timeout;

    /** @param timeout of everything but health probes */
    HttpQuestions(AppProbe probe, Duration timeout) {
        this.probe = probe;
        this.timeout = timeout;
    }

    @Override
    public Future<Subscription> subscription(KafkaBinding binding) {
        return probe.ask(HttpMethod.OPTIONS, RequestPath.of(binding.route()), timeout)
                .map(HttpQuestions::wish)
                .otherwise(cause -> Subscription.unclear(Causes.text(cause)));
    }

    private static Subscription wish(int status) {
        if (status == NOT_FOUND) {
            return Subscription.unwanted("it answers OPTIONS with 404");
        }
        return AppAnswer.isSuccess(status) || status == METHOD_NOT_ALLOWED
                ? Subscription.WANTED
                : Subscription.unclear("status " + status);
    }

    @Override
    public String remedy(KafkaBinding binding) {
        return "let the app answer OPTIONS " + RequestPath.of(binding.route())
                + " with 2xx or 405 if it wants them and 404 if not, or declare direction: input in the component";
    }

    @Override
    public Future<Pulse> pulse(HealthCheck check) {
        return probe.ask(HttpMethod.GET, RequestPath.of(check.path()), check.timeout())
                .map(status -> new Pulse(AppAnswer.isSuccess(status), status, "with status " + status))
                .otherwise(new Pulse(false, NO_ANSWER, "without an answer"));
    }

    /** Apps expect to be asked for their configuration; nothing that a Kafka binding needs is in it. */
    @Override
    public void onFirstHealthy() {
        probe.ask(HttpMethod.GET, CONFIG, timeout).onComplete(asked -> log.atDebug()
                .addKeyValue("succeeded", asked.succeeded())
                .log("asked the app for its configuration"));
    }
}
