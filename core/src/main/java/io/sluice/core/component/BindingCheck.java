package io.sluice.core.component;

import io.sluice.core.binding.KafkaBinding;
import java.util.function.BiConsumer;

/** Looks at what a binding's fields name, where it takes more than this module to read it: keys, say. May block on files. */
public interface BindingCheck {
    /** @param problem takes the name of a field and what is wrong with it (what is allowed), without secrets */
    void check(KafkaBinding binding, BiConsumer<String, String> problem);
}
