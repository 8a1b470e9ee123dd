package io.sluice.app.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import io.sluice.app.settings.Settings;
import io.sluice.app.settings.Settings.LogLevel;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets logback up in code: no file is parsed at start, and the flags decide. Lines go to standard output, at once. A file
 * given by logback's own {@code -Dlogback.configurationFile} takes over, but for loggers that write secrets.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_NORMAL_PRIORITY)
public final class Logging extends ContextAwareBase implements Configurator {
    private static final String OWN = "io.sluice";
    /**
     * They say every second that a broker is away, refuses us, or has a name that does not resolve, or what record cannot be
     * read; the gateway says it once, and health as long as it lasts.
     */
    private static final List<String> REPEATING = List.of(
            "org.apache.kafka.clients.NetworkClient",
            "org.apache.kafka.clients.ClientUtils",
            "org.apache.kafka.clients.Metadata",
            // A poll that has brought enough ends in this way.
            "org.apache.kafka.clients.consumer.internals.CompletedFetch",
            "org.apache.kafka.clients.admin.internals.AdminMetadataManager");

    /** Writes down what it signs, session tokens included, below INFO. */
    private static final String AWS = "software.amazon.awssdk";

    /** Control characters are replaced: whatever a message quotes, it stays one line. */
    private static final String PATTERN =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0} %replace(%msg%replace( %kvp){'"
                    + " $',''}){'\\p{Cntrl}','?'}%n%ex";

    /** Called by logback through {@link java.util.ServiceLoader}. */
    public Logging() {}

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (isConfiguredByFile()) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        start(context, text(context), Level.INFO);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** Logs from now on as {@code settings} say. */
    public static void apply(Settings settings) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            if (!isConfiguredByFile()) {
                context.reset();
                var layout = settings.log().json() ? new JsonLayout(settings.appId()) : text(context);
                start(context, layout, level(settings.log().level()));
            }
            keepSecrets(context.getLogger(AWS));
        }
    }

    /** The form that {@code settings} give to a line that is written whatever the level; without its end. */
    public static String line(Settings settings, String message, Class<?> scope) {
        return settings.log().json() ? new JsonLayout(settings.appId()).line(message, scope.getName()) : message;
    }

    /** Whatever a file says. */
    private static void keepSecrets(ch.qos.logback.classic.Logger logger) {
        if (logger.isDebugEnabled()) {
            logger.setLevel(Level.INFO);
        }
    }

    private static boolean isConfiguredByFile() {
        return System.getProperty("logback.configurationFile") != null;
    }

    private static void start(LoggerContext context, Layout<ILoggingEvent> layout, Level level) {
        layout.setContext(context);
        layout.start();
        var encoder = new LayoutWrappingEncoder<ILoggingEvent>();
        encoder.setContext(context);
        encoder.setLayout(layout);
        encoder.start();
        var console = new ConsoleAppender<ILoggingEvent>();
        console.setContext(context);
        console.setEncoder(encoder);
        console.start();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(console);
        // Kafka, Netty and Hazelcast talk much at INFO, and of bytes at DEBUG.
        root.setLevel(level.isGreaterOrEqual(Level.WARN) ? level : Level.WARN);
        context.getLogger(OWN).setLevel(level);
        REPEATING.forEach(name -> context.getLogger(name).setLevel(Level.OFF));
    }

    private static PatternLayout text(LoggerContext context) {
        var layout = new PatternLayout();
        layout.setContext(context);
        layout.setPattern(PATTERN);
        return layout;
    }

    private static Level level(LogLevel level) {
        return switch (level) {
            case DEBUG -> Level.DEBUG;
            case INFO -> Level.INFO;
            case WARN -> Level.WARN;
            // logback has nothing above ERROR
            case ERROR, FATAL -> Level.ERROR;
        };
    }
}
