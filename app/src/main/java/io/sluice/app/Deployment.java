package io.sluice.app;

import io.sluice.app.telemetry.ComponentMeters;
import io.sluice.core.binding.KafkaBinding;
import io.sluice.kafka.produce.OutputBindings;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets the bindings up, side by side: one that waits for its Kafka keeps no other from starting. */
final class Deployment {
    private static final Logger LOG = LoggerFactory.getLogger(Deployment.class);

    private final OutputBindings output;
    private final ComponentMeters meters;

    Deployment(OutputBindings output, ComponentMeters meters) {
        this.output = output;
        this.meters = meters;
    }

    /**
     * @return the bindings that are set up, in their order: all, but for those with {@code ignoreErrors}; fails with a
     *     {@link StartFailure} when another one cannot be
     */
    Future<List<KafkaBinding>> deploy(List<KafkaBinding> bindings) {
        meters.loaded(bindings.size());
        return Future.all(bindings.stream().map(this::deploy).toList())
                .map(all -> all.<Optional<KafkaBinding>>list().stream()
                        .flatMap(Optional::stream)
                        .toList());
    }

    private Future<Optional<KafkaBinding>> deploy(KafkaBinding binding) {
        Future<Void> deployed = binding.isOutput() ? output.deploy(binding) : Future.succeededFuture();
        return deployed.onSuccess(ignored -> meters.initialised())
                .map(ignored -> Optional.of(binding))
                .recover(cause -> failed(binding, cause));
    }

    private Future<Optional<KafkaBinding>> failed(KafkaBinding binding, Throwable cause) {
        meters.failed(binding.name());
        if (!binding.ignoreErrors()) {
            return Future.failedFuture(
                    StartFailure.runtime(binding.name() + ": cannot be set up: " + cause.getMessage(), cause));
        }
        LOG.atWarn()
                .addKeyValue("component", binding.name())
                .setCause(cause)
                .log("left out: it cannot be set up, and has ignoreErrors");
        return Future.succeededFuture(Optional.empty());
    }
}
