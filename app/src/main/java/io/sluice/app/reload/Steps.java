package io.sluice.app.reload;

import io.sluice.core.binding.KafkaBinding;
import io.sluice.kafka.consume.InputBindings;
import io.sluice.kafka.produce.OutputBindings;
import io.vertx.core.Future;

/** What can be done with a binding. */
record Steps(Step deployOutput, Step replaceOutput, Step undeployOutput, Step deployInput, Step undeployInput) {

    /** May be taken on any thread. */
    interface Step {
        Future<Void> take(KafkaBinding binding);
    }

    static Steps of(OutputBindings output, InputBindings input) {
        return new Steps(
                output::deploy,
                output::replace,
                binding -> output.undeploy(binding.name()),
                input::deploy,
                binding -> input.undeploy(binding.name()));
    }
}
