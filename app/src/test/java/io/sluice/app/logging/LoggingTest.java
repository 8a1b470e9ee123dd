package io.sluice.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import io.sluice.app.settings.Settings;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

class LoggingTest {
    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

    @AfterEach
    void reset() {
        apply();
    }

    @Test
    void aLineOfTextStaysOneLineWhateverItQuotes() {
        apply();
        assertThat(rendered(event("caller sent a\nb\u001b[31m", new KeyValuePair("topic", "x\r\ny"))))
                .endsWith(" WARN  Test caller sent a?b?[31m topic=\"x??y\"" + System.lineSeparator());
    }

    @Test
    void aLineOfJsonHasDaprsNamesAndTheKeyValues() {
        apply("--log-as-json");
        var line = new JsonObject(rendered(event("caller sent\n\"x\"", new KeyValuePair("topic", "orders"))));
        assertThat(line.getMap())
                .containsEntry("app_id", "test")
                .containsEntry("level", "warning")
                .containsEntry("msg", "caller sent\n\"x\"")
                .containsEntry("scope", "io.sluice.Test")
                .containsEntry("type", "log")
                .containsEntry("topic", "orders")
                .containsKeys("instance", "time", "ver");
    }

    @Test
    void aLineWhateverTheLevelHasTheFormOfTheLog() {
        Settings json = Settings.of(Map.of(), "--app-id=test", "--log-as-json", "--log-level=error");
        assertThat(new JsonObject(Logging.line(json, "sluice \"ready\"", LoggingTest.class)).getMap())
                .containsEntry("app_id", "test")
                .containsEntry("level", "info")
                .containsEntry("msg", "sluice \"ready\"")
                .containsEntry("scope", LoggingTest.class.getName())
                .containsKeys("instance", "time", "type", "ver");
        assertThat(Logging.line(Settings.of(Map.of(), "--app-id=test"), "sluice ready", LoggingTest.class))
                .isEqualTo("sluice ready");
    }

    @Test
    void whatRepeatsWhileABrokerIsAwayIsQuiet() {
        apply();
        for (String logger : List.of("NetworkClient", "Metadata", "ClientUtils")) {
            assertThat(context.getLogger("org.apache.kafka.clients." + logger).isErrorEnabled())
                    .as(logger)
                    .isFalse();
        }
    }

    @Test
    void theLevelIsOursAndOthersSpeakOfTroubleOnly() {
        apply("--log-level=debug");
        assertThat(context.getLogger("io.sluice.kafka").isDebugEnabled()).isTrue();
        assertThat(context.getLogger("org.apache.kafka.clients").isInfoEnabled())
                .isFalse();
        assertThat(context.getLogger("org.apache.kafka.clients").isWarnEnabled())
                .isTrue();
        apply("--log-level=fatal");
        assertThat(context.getLogger("org.apache.kafka.clients").isWarnEnabled())
                .isFalse();
        assertThat(context.getLogger("io.sluice").isWarnEnabled()).isFalse();
    }

    private LoggingEvent event(String message, KeyValuePair pair) {
        var event = new LoggingEvent("", context.getLogger("io.sluice.Test"), Level.WARN, message, null, null);
        event.setKeyValuePairs(List.of(pair));
        return event;
    }

    private String rendered(LoggingEvent event) {
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        var appender = (OutputStreamAppender<?>) root.iteratorForAppenders().next();
        @SuppressWarnings("unchecked")
        var encoder = (LayoutWrappingEncoder<LoggingEvent>) appender.getEncoder();
        return encoder.getLayout().doLayout(event);
    }

    private static void apply(String... args) {
        String[] all = new String[args.length + 1];
        all[0] = "--app-id=test";
        System.arraycopy(args, 0, all, 1, args.length);
        Logging.apply(Settings.of(Map.of(), all));
    }
}
