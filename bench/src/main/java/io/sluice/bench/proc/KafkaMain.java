package io.sluice.bench.proc;

import io.sluice.dev.kafka.EmbeddedKafka;
import io.sluice.dev.kafka.EmbeddedKafkaSettings;
import java.nio.file.Path;
import java.util.Map;

/** {@code KafkaMain FOLDER PORT}: the embedded Kafka in a JVM of its own, until SIGTERM. */
public final class KafkaMain {
    static final String READY = "kafka ready";
    /** Kafka's default threads, where the embedded broker saves some; a deleted topic gives its disk space back soon. */
    private static final Map<String, String> PROPERTIES = Map.of(
            "num.network.threads", "3",
            "num.io.threads", "8",
            "log.segment.delete.delay.ms", "1000");

    private KafkaMain() {}

    public static void main(String[] args) {
        var settings = EmbeddedKafkaSettings.in(Path.of(args[0]))
                .withPort(Integer.parseInt(args[1]))
                .withServerProperties(PROPERTIES);
        var kafka = EmbeddedKafka.start(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(kafka::close));
        System.out.println(READY);
    }
}
