package io.sluice.app;

import io.sluice.app.settings.Settings;
import io.sluice.core.binding.BindingCatalog;
import io.sluice.core.binding.KafkaBinding;
import io.sluice.http.api.ApiServices;
import io.sluice.http.deliver.AppDelivery;
import io.sluice.kafka.consume.InputBindings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** Starts both halves of the way from Kafka to the app, and notes how to stop them. */
final class Inputs {
    private final Vertx vertx;
    private final Settings settings;
    private final Started started;

    Inputs(Vertx vertx, Settings settings, Started started) {
        this.vertx = vertx;
        this.settings = settings;
        this.started = started;
    }

    /** The half that talks to the app; nothing for an app without a port. The other half is told where that is done. */
    Future<Void> startDelivery(ApiServices services, InputBindings input) {
        if (settings.channel() == null) {
            return Future.succeededFuture();
        }
        return AppDelivery.start(vertx, Wiring.appChannel(settings.channel()), services)
                .onSuccess(delivery -> {
                    started.add("delivery to the app", delivery::stop);
                    input.appIsReachedFrom(delivery.context());
                })
                .mapEmpty();
    }

    /** The half that consumes; none waits for its Kafka or for the app. */
    Future<Void> startConsumers(InputBindings input, BindingCatalog catalog) {
        started.addTimed("input bindings", input::close);
        return Future.all(catalog.all().stream()
                        .filter(KafkaBinding::isInput)
                        .map(input::deploy)
                        .toList())
                .mapEmpty();
    }
}
