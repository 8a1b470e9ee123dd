package io.sluice.bench.floor.idle;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** {@code IdleFloorMain BROKERS TOPIC...}: a consumer with Kafka's defaults for each topic, in a group of its name. */
public final class IdleFloorMain {
    private static final Duration POLL = Duration.ofSeconds(1);

    private IdleFloorMain() {}

    public static void main(String[] args) {
        for (String topic : List.of(args).subList(1, args.length)) {
            new Thread(() -> consume(args[0], topic), topic).start();
        }
        System.out.println("floor ready http=none");
    }

    private static void consume(String brokers, String topic) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", brokers, "group.id", topic, "enable.auto.commit", false);
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(topic));
            while (!Thread.currentThread().isInterrupted()) {
                consumer.poll(POLL);
            }
        }
    }
}
