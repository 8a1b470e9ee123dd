package io.sluice.core.component;

import io.sluice.core.binding.KafkaBinding;
import java.util.List;

/**
 * What the component files say. Neither problems nor warnings hold secrets.
 *
 * @param bindings those without a problem, in the order of their files
 * @param problems why the gateway must not start, each {@code FILE: COMPONENT.FIELD: what is wrong (what is allowed)};
 *     empty when it may
 * @param warnings what an operator should know, in the same form
 */
public record LoadResult(List<KafkaBinding> bindings, List<String> problems, List<String> warnings) {

    public LoadResult {
        bindings = List.copyOf(bindings);
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }
}
