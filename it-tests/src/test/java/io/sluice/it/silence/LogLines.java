package io.sluice.it.silence;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What the gateways of this JVM log. */
final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Logger ours = (Logger) LoggerFactory.getLogger("io.sluice");
    private final List<Line> lines = new CopyOnWriteArrayList<>();

    /**
     * A line.
     *
     * @param text the message, and what is beside it
     * @param at milliseconds since the epoch
     */
    record Line(Level level, String text, long at) {}

    static LogLines listen() {
        var lines = new LogLines();
        lines.start();
        lines.ours.setLevel(Level.INFO);
        lines.ours.setAdditive(false);
        lines.ours.addAppender(lines);
        return lines;
    }

    @Override
    protected void append(ILoggingEvent event) {
        String text = event.getFormattedMessage() + " " + event.getKeyValuePairs();
        lines.add(new Line(event.getLevel(), text, event.getTimeStamp()));
    }

    /** Those at WARN and above from that time on. */
    List<Line> warnings(long from) {
        return lines.stream()
                .filter(line -> line.at() >= from && line.level().isGreaterOrEqual(Level.WARN))
                .toList();
    }

    List<Line> all() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        ours.detachAppender(this);
        ours.setAdditive(true);
        ours.setLevel(null);
        stop();
    }
}
