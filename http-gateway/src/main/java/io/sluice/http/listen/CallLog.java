package io.sluice.http.listen;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Tells each call of the APIs in the log, in daprd's words, as {@code --enable-api-logging} asks for. Safe for use from
 * any thread.
 */
public final class CallLog {
    private static final Logger log = LoggerFactory.getLogger(CallLog.class);

    /** Most characters that a client may have of a line. */
    private static final int LONGEST = 1024;

    /**
     * A request that was answered.
     *
     * @param request its method and path
     * @param userAgent what the client says it is, null when it does not
     * @param size bytes of the answer's body
     */
    public void http(String request, @Nullable String userAgent, int status, long size, long nanos) {
        line(request, userAgent, status, nanos).addKeyValue("size", size).log("HTTP API Called");
    }

    /**
     * A call that was answered, or given up.
     *
     * @param method its full name
     * @param userAgent what the client says it is, null when it does not
     */
    public void grpc(String method, @Nullable String userAgent, int status, long nanos) {
        line(method, userAgent, status, nanos).log("gRPC API Called");
    }

    private static LoggingEventBuilder line(String method, @Nullable String userAgent, int code, long nanos) {
        var line = log.atInfo()
                .addKeyValue("method", shortened(method))
                .addKeyValue("code", code)
                .addKeyValue("duration", TimeUnit.NANOSECONDS.toMillis(nanos));
        return userAgent == null ? line : line.addKeyValue("useragent", shortened(userAgent));
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
