package io.sluice.core.component;

import io.sluice.core.binding.KafkaBinding;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What the component files say. Neither problems nor warnings hold secrets.
 *
 * @param bindings those without a problem, in the order of their files
 * @param problems why the gateway must not start, each {@code FILE: COMPONENT.FIELD: what is wrong (what is allowed)};
 *     empty when it may
 * @param warnings what an operator should know, in the same form
 * @param leftOut the names of components that are left out because of their problems, as their {@code ignoreErrors} says
 * @param sources the folders of component files and the files of secrets that all this was read from, also those that are
 *     not there; what a PEM field names is not among them
 */
public record LoadResult(
        List<KafkaBinding> bindings,
        List<String> problems,
        List<String> warnings,
        Set<String> leftOut,
        Set<Path> sources) {

    public LoadResult {
        bindings = List.copyOf(bindings);
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
        leftOut = Set.copyOf(leftOut);
        sources = Set.copyOf(sources);
    }
}
