package io.sluice.dev.kafka;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Keeps a broker in this JVM from drowning what the reader came for. */
public final class KafkaLogging {
    private static final List<String> LOGGERS = List.of("kafka", "org.apache.kafka", "state.change.logger");

    private KafkaLogging() {}

    /** From now on Kafka's server and clients log warnings and errors only. */
    public static void quiet() {
        LOGGERS.forEach(KafkaLogging::warningsOnly);
    }

    private static void warningsOnly(String name) {
        if (LoggerFactory.getLogger(name) instanceof Logger logger) {
            logger.setLevel(Level.WARN);
        }
    }
}
