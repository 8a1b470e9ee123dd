package io.sluice.http;

import io.sluice.core.binding.DeliverySettings;
import io.sluice.core.binding.DeliverySettings.FailurePolicy;
import io.sluice.core.binding.DeliverySettings.Ordering;
import io.sluice.core.binding.Direction;
import io.sluice.core.binding.KafkaBinding;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Bindings of which only the parts that the API looks at are filled in. */
public final class TestBindings {
    private TestBindings() {}

    public static KafkaBinding output(String name) {
        return binding(name, Set.of(Direction.OUTPUT), List.of());
    }

    public static KafkaBinding input(String name) {
        return binding(name, Set.of(Direction.INPUT), List.of("topic"));
    }

    public static KafkaBinding both(String name) {
        return binding(name, Set.of(), List.of("topic"));
    }

    private static KafkaBinding binding(String name, Set<Direction> direction, List<String> topics) {
        return new KafkaBinding(
                name,
                "v1",
                direction,
                topics,
                "topic",
                name,
                Duration.ofSeconds(5),
                false,
                null,
                null,
                null,
                null,
                new DeliverySettings(
                        Ordering.PARTITION,
                        1,
                        FailurePolicy.SKIP,
                        null,
                        Duration.ofSeconds(5),
                        null,
                        false,
                        false,
                        null),
                null);
    }
}
