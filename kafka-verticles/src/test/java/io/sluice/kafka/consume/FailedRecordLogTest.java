package io.sluice.kafka.consume;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sluice.core.message.Delivery.Coordinates;
import io.sluice.kafka.consume.failure.FailedRecord;
import io.sluice.kafka.consume.failure.FailedRecord.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** How often a log tells of records that failed permanently. */
class FailedRecordLogTest {
    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(FailedRecordLog.class);

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final FailedRecordLog log = new FailedRecordLog("orders");

    @BeforeEach
    void listen() {
        lines.start();
        LOGGER.setLevel(Level.WARN);
        LOGGER.addAppender(lines);
    }

    @AfterEach
    void detach() {
        LOGGER.detachAppender(lines);
        LOGGER.setLevel(null);
    }

    @Test
    void tenRecordsAMinuteAreToldAndThenTheirNumber() {
        for (int i = 0; i < 5_000; i++) {
            fail(i, 1_000);
        }
        log.look(60_999);
        assertThat(lines.list).hasSize(10);

        log.look(61_000);
        log.look(62_000);
        assertThat(lines.list).hasSize(11);
        assertThat(pairs(10)).contains("binding=\"orders\"", "more=\"4990\"", "status 418");
    }

    @Test
    void theNextMinuteBeginsAnew() {
        for (int i = 0; i < 11; i++) {
            fail(i, 1_000);
        }
        fail(11, 90_000);

        assertThat(lines.list).hasSize(12);
        assertThat(pairs(10)).contains("more=\"1\"");
        assertThat(pairs(11)).contains("offset=\"11\"");
    }

    @Test
    void fewRecordsAreToldOneByOne() {
        for (int i = 0; i < 30; i++) {
            fail(i, 10_000L * i);
        }
        log.close();

        assertThat(lines.list).hasSize(30);
    }

    @Test
    void whatWasNotToldIsToldWhenTheBindingGoes() {
        for (int i = 0; i < 12; i++) {
            fail(i, 1_000);
        }
        log.close();
        log.close();

        assertThat(lines.list).hasSize(11);
        assertThat(pairs(10)).contains("more=\"2\"");
    }

    private void fail(int offset, long time) {
        log.add(new FailedRecord(new Coordinates("t", 0, offset), 1, 418, "status 418", "", time, Outcome.SKIPPED));
    }

    private String pairs(int line) {
        return String.valueOf(lines.list.get(line).getKeyValuePairs());
    }
}
