package io.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What Vert.x, Micrometer and Sluice log at WARN and above: blocked event loops, exceptions that nobody handled. */
public final class Complaints extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final List<String> lines = new CopyOnWriteArrayList<>();

    public static Complaints listen() {
        var complaints = new Complaints();
        complaints.start();
        complaints.root.addAppender(complaints);
        return complaints;
    }

    @Override
    protected void append(ILoggingEvent event) {
        boolean ours = event.getLoggerName().startsWith("io.vertx")
                || event.getLoggerName().startsWith("io.sluice")
                || event.getLoggerName().startsWith("io.micrometer");
        if (ours && event.getLevel().isGreaterOrEqual(Level.WARN)) {
            lines.add(event.getLoggerName() + ": " + event.getFormattedMessage());
        }
    }

    /** Takes the complaints out, for a test that expects them. */
    public List<String> take() {
        var taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }

    @Override
    public void close() {
        root.detachAppender(this);
        stop();
        assertThat(lines).as("complaints in the log").isEmpty();
    }
}
