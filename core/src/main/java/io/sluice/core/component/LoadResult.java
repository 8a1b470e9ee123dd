package io.sluice.core.component;

import io.sluice.core.binding.KafkaBinding;
import io.sluice.core.binding.SecretStoreComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the component files say. Neither problems nor warnings hold secrets.
 *
 * @param bindings those without a problem, in the order of their files
 * @param stores the secret stores that were opened, in the order of their files
 * @param problems why the gateway must not start, each {@code FILE: COMPONENT.FIELD: what is wrong (what is allowed)};
 *     empty when it may
 * @param warnings what an operator should know, in the same form
 * @param leftOut the names of components that are left out because of their problems, as their {@code ignoreErrors} says
 * @param unread what would be a component but for a mistake in its kind or type, by its name: the warning about it
 * @param sources the folders of component files and the files of secrets that all this was read from, also those that are
 *     not there; what a PEM field names is not among them
 */
public record LoadResult(
        List<KafkaBinding> bindings,
        List<SecretStoreComponent> stores,
        List<String> problems,
        List<String> warnings,
        Set<String> leftOut,
        Map<String, String> unread,
        Set<Path> sources) {

    public LoadResult {
        bindings = List.copyOf(bindings);
        stores = List.copyOf(stores);
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
        leftOut = Set.copyOf(leftOut);
        unread = Map.copyOf(unread);
        sources = Set.copyOf(sources);
    }

    /**
     * What the files say to a gateway that runs: a binding whose document has become none is not meant to end, so that is a
     * problem.
     *
     * @param running the names of the bindings that run
     */
    public LoadResult whileRunning(Set<String> running) {
        var found = new ArrayList<>(problems);
        var told = new ArrayList<>(warnings);
        unread.forEach((name, warning) -> {
            if (running.contains(name)
                    && bindings.stream().noneMatch(binding -> binding.name().equals(name))) {
                found.add(warning);
                told.remove(warning);
            }
        });
        return new LoadResult(bindings, stores, found, told, leftOut, unread, sources);
    }
}
