package io.sluice.kafka.client;

import io.sluice.core.binding.AuthSettings;
import io.sluice.core.binding.KafkaBinding;
import java.util.List;

/** A Kafka cluster as one login sees it: bindings with equal ones are reachable, or not, together. */
public record Cluster(List<String> brokers, AuthSettings auth) {

    public Cluster {
        brokers = List.copyOf(brokers);
    }

    public static Cluster of(KafkaBinding binding) {
        return new Cluster(binding.connection().brokers(), binding.auth());
    }

    /** The brokers as a component file spells them, for messages and for {@code bootstrap.servers}. */
    public String address() {
        return String.join(",", brokers);
    }

    @Override
    public String toString() {
        return address();
    }
}
