package io.sluice.dev;

import io.sluice.dev.kafka.EmbeddedKafka;
import io.sluice.dev.kafka.EmbeddedKafkaSettings;
import io.sluice.dev.kafka.Ports;
import io.sluice.dev.kafka.Topics;
import java.nio.file.Path;
import java.util.Map;

/**
 * The Kafka behind the demo.
 *
 * @param origin whose it is, for the reader
 */
record DevKafka(String bootstrapServers, String origin, Runnable stop) implements AutoCloseable {
    private static final int USUAL_PORT = 9092;

    /**
     * Starts a Kafka of our own, which creates also every other topic that is asked for.
     *
     * @throws IllegalStateException when it cannot be had
     */
    static DevKafka embedded(Path folder, Map<String, Integer> topics) {
        EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder)
                .withPort(Ports.isFree(USUAL_PORT) ? USUAL_PORT : 0)
                .withAutoCreateTopics()
                .withTopics(topics));
        return new DevKafka(kafka.bootstrapServers(), "embedded, its data in " + folder, kafka::close);
    }

    /**
     * The Kafka at {@code brokers}.
     *
     * @throws IllegalStateException when nothing there answers as a Kafka does
     */
    static DevKafka external(String brokers, Map<String, Integer> topics) {
        Topics.requireKafka(brokers);
        Topics.create(brokers, topics);
        return new DevKafka(brokers, "as told by --brokers", () -> {});
    }

    @Override
    public void close() {
        stop.run();
    }
}
