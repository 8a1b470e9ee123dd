package io.sluice.dev;

import java.util.List;
import java.util.Map;

/** What {@code examples/components/} holds. */
final class Examples {
    /** Its component files. */
    static final List<String> FILES = List.of("kafka.yaml", "new-orders.yaml");

    /** The topics they name, and their partitions. */
    static final Map<String, Integer> TOPICS = Map.of("orders", 3);

    private Examples() {}
}
