package io.sluice.app.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import io.sluice.app.settings.Version;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Locale;

/**
 * One JSON object per line, with the names of daprd's log ({@code app_id, instance, level, msg, scope, time, type, ver};
 * source: dapr/kit, logger/dapr_logger.go) and the line's key-values beside them.
 */
final class JsonLayout extends LayoutBase<ILoggingEvent> {
    private final String appId;
    private final String instance = hostName();
    private final String version = Version.number();

    JsonLayout(String appId) {
        this.appId = appId;
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        var line = new JsonObject();
        if (event.getKeyValuePairs() != null) {
            event.getKeyValuePairs().forEach(pair -> line.put(pair.key, String.valueOf(pair.value)));
        }
        fill(line, event.getLevel(), event.getFormattedMessage(), event.getLoggerName(), event.getInstant());
        if (event.getThrowableProxy() != null) {
            line.put("error", ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        return line.encode() + System.lineSeparator();
    }

    /** A line that is written whatever the level of the log; without its end. */
    String line(String message, String scope) {
        var line = new JsonObject();
        fill(line, Level.INFO, message, scope, Instant.now());
        return line.encode();
    }

    private void fill(JsonObject line, Level level, String message, String scope, Instant time) {
        line.put("app_id", appId)
                .put("instance", instance)
                .put("level", level(level))
                .put("msg", message)
                .put("scope", scope)
                .put("time", time.toString())
                .put("type", "log")
                .put("ver", version);
    }

    private static String level(Level level) {
        return level == Level.WARN ? "warning" : level.toString().toLowerCase(Locale.ROOT);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "";
        }
    }
}
