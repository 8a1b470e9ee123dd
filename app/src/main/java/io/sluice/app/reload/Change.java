package io.sluice.app.reload;

import io.sluice.core.binding.KafkaBinding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A binding that is not what it was: {@code before} is null for a new one, {@code after} for one that is gone. */
record Change(@Nullable KafkaBinding before, @Nullable KafkaBinding after) {

    /**
     * What makes the bindings that run into those that are wanted.
     *
     * @param asTheyAre names of bindings that stay as they are although nobody wants them
     */
    static List<Change> between(
            Collection<KafkaBinding> running, Collection<KafkaBinding> wanted, Set<String> asTheyAre) {
        Map<String, KafkaBinding> before = byName(running);
        Map<String, KafkaBinding> after = byName(wanted);
        var changes = new ArrayList<Change>();
        for (KafkaBinding binding : running) {
            if (!after.containsKey(binding.name()) && !asTheyAre.contains(binding.name())) {
                changes.add(new Change(binding, null));
            }
        }
        for (KafkaBinding binding : wanted) {
            if (!binding.equals(before.get(binding.name()))) {
                changes.add(new Change(before.get(binding.name()), binding));
            }
        }
        return changes;
    }

    private static Map<String, KafkaBinding> byName(Collection<KafkaBinding> bindings) {
        return bindings.stream().collect(Collectors.toMap(KafkaBinding::name, Function.identity()));
    }

    String name() {
        return either().name();
    }

    /** Whether the gateway goes on without this binding when something is wrong with it. */
    boolean ignoresErrors() {
        return either().ignoreErrors();
    }

    /** {@code added}, {@code changed} or {@code removed}. */
    String kind() {
        return before == null ? "added" : after == null ? "removed" : "changed";
    }

    private KafkaBinding either() {
        return Objects.requireNonNull(after == null ? before : after);
    }
}
