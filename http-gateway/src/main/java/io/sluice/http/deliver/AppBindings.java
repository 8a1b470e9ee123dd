package io.sluice.http.deliver;

import io.sluice.core.binding.BindingCatalog;
import io.sluice.core.binding.DeliverySettings.Target;
import io.sluice.core.binding.KafkaBinding;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The bindings whose records are for the app, kept equal to the catalog. Belongs to one context. */
final class AppBindings implements AppHealth.Listener {
    private final BindingCatalog catalog;
    private final Function<KafkaBinding, BindingDelivery> opener;
    private final Map<String, BindingDelivery> served = new HashMap<>();

    /** @param opener begins to serve a binding */
    AppBindings(BindingCatalog catalog, Function<KafkaBinding, BindingDelivery> opener) {
        this.catalog = catalog;
        this.opener = opener;
    }

    /**
     * Serves what is new in the catalog, and no more what is gone from it or changed.
     *
     * @param trouble why the app gets nothing, empty when it is healthy
     */
    void refresh(String trouble) {
        var wanted = catalog.all().stream()
                .filter(AppBindings::isForApp)
                .collect(Collectors.toMap(KafkaBinding::name, Function.identity()));
        List.copyOf(served.values()).stream()
                .filter(serving ->
                        !serving.binding().equals(wanted.get(serving.binding().name())))
                .forEach(gone -> {
                    served.remove(gone.binding().name());
                    gone.close();
                });
        wanted.values().stream()
                .filter(binding -> !served.containsKey(binding.name()))
                .forEach(binding -> open(binding, trouble));
    }

    @Override
    public void appIsHealthy() {
        served.values().forEach(serving -> serving.probe().appIsHealthy());
    }

    @Override
    public void appIsUnhealthy(String reason) {
        served.values().forEach(serving -> serving.probe().appIsUnhealthy(reason));
    }

    Future<Void> close() {
        var closed = served.values().stream().map(BindingDelivery::close).toList();
        return Future.join(closed).mapEmpty();
    }

    private void open(KafkaBinding binding, String trouble) {
        var serving = opener.apply(binding);
        served.put(binding.name(), serving);
        if (trouble.isEmpty()) {
            serving.probe().appIsHealthy();
        } else {
            serving.probe().appIsUnhealthy(trouble);
        }
    }

    private static boolean isForApp(KafkaBinding binding) {
        return binding.isInput() && binding.delivery().target() == Target.APP;
    }
}
