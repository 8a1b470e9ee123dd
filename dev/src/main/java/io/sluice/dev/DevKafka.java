package io.sluice.dev;

import io.sluice.dev.kafka.EmbeddedKafka;
import io.sluice.dev.kafka.EmbeddedKafkaSettings;
import io.sluice.dev.kafka.Ports;
import io.sluice.dev.kafka.Topics;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The Kafka behind the demo, with the topics of the examples.
 *
 * @param origin whose it is, for the reader
 */
record DevKafka(String bootstrapServers, String origin, Runnable stop) implements AutoCloseable {
    private static final int USUAL_PORT = 9092;

    /**
     * Starts a Kafka of our own, or uses the one at {@code brokers}.
     *
     * @throws IllegalStateException when it cannot be had
     */
    static DevKafka open(@Nullable String brokers, Path folder) {
        return brokers == null ? embedded(folder) : external(brokers);
    }

    private static DevKafka embedded(Path folder) {
        EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder)
                .withPort(Ports.isFree(USUAL_PORT) ? USUAL_PORT : 0)
                .withAutoCreateTopics()
                .withTopics(Examples.TOPICS));
        return new DevKafka(kafka.bootstrapServers(), "embedded, its data in " + folder, kafka::close);
    }

    private static DevKafka external(String brokers) {
        Topics.create(brokers, Examples.TOPICS);
        return new DevKafka(brokers, "as told by --brokers", () -> {});
    }

    @Override
    public void close() {
        stop.run();
    }
}
