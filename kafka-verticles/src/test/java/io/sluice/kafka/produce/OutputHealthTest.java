package io.sluice.kafka.produce;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sluice.core.health.Health;
import io.sluice.kafka.client.Obstacle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class OutputHealthTest {
    private final OutputHealth health = new OutputHealth(new Health(), "orders", "b:9092", () -> {});
    private final Logger logger = (Logger) LoggerFactory.getLogger(OutputHealth.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void start() {
        log.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    @Test
    void troubleIsAWarningAndItsEndIsNews() {
        health.speak();
        health.topicKnown();
        health.unreachable(new Obstacle("b:9092", false, "gone"));
        health.unreachable(new Obstacle("b:9092", false, "still gone"));
        health.reachable();

        assertThat(log.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.INFO, Level.WARN, Level.INFO);
    }
}
