package io.sluice.core.binding;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The components that are loaded, for whoever serves the API. One per gateway; replaced as a whole when components
 * change.
 *
 * <p>Safe for use from any thread.
 */
public final class BindingCatalog {
    private volatile Map<String, KafkaBinding> bindings = Map.of();
    private volatile List<SecretStoreComponent> stores = List.of();

    /** Makes {@code loaded} the components from now on, in their order. */
    public void replace(Collection<KafkaBinding> loaded) {
        var byName = new LinkedHashMap<String, KafkaBinding>();
        loaded.forEach(binding -> byName.put(binding.name(), binding));
        bindings = byName;
    }

    /** Makes {@code opened} the secret stores from now on. */
    public void replaceStores(List<SecretStoreComponent> opened) {
        stores = List.copyOf(opened);
    }

    public List<SecretStoreComponent> stores() {
        return stores;
    }

    public Collection<KafkaBinding> all() {
        return bindings.values();
    }

    /** The binding of that name if it can be invoked. */
    public Optional<KafkaBinding> output(String name) {
        return Optional.ofNullable(bindings.get(name)).filter(KafkaBinding::isOutput);
    }

    /** The binding of that name if it consumes. */
    public Optional<KafkaBinding> input(String name) {
        return Optional.ofNullable(bindings.get(name)).filter(KafkaBinding::isInput);
    }
}
