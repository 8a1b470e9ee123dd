package io.sluice.app.reload;

import io.sluice.core.binding.KafkaBinding;
import io.sluice.kafka.consume.InputBindings;
import io.sluice.kafka.produce.OutputBindings;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** What can be done with a binding. */
record Steps(Step deployOutput, Step replaceOutput, Step undeployOutput, Step deployInput, Step undeployInput) {

    /** May be taken on any thread. */
    interface Step {
        Future<Void> take(KafkaBinding binding);
    }

    /** @param context belongs to no verticle: whatever is deployed on a verticle's context ends with that verticle */
    static Steps of(Context context, OutputBindings output, InputBindings input) {
        return new Steps(
                on(context, output::deploy),
                on(context, output::replace),
                on(context, binding -> output.undeploy(binding.name())),
                on(context, input::deploy),
                on(context, binding -> input.undeploy(binding.name())));
    }

    private static Step on(Context context, Step step) {
        return binding -> {
            Promise<Void> taken = Promise.promise();
            // Composed, so that a step that throws fails like any other.
            context.runOnContext(
                    v -> Future.succeededFuture(binding).compose(step::take).onComplete(taken));
            return taken.future();
        };
    }
}
