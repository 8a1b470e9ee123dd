package io.sluice.it.outage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.it.kafka.Records;
import java.util.Set;
import java.util.stream.Collectors;

/** What a real consumer finds. */
final class Stored {
    private Stored() {}

    /** The values of a topic. */
    static Set<String> in(String bootstrapServers, String topic) {
        return Records.readAll(bootstrapServers, topic).stream()
                .map(record -> new String(record.value(), UTF_8))
                .collect(Collectors.toSet());
    }
}
