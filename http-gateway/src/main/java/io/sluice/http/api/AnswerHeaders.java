package io.sluice.http.api;

import io.sluice.http.trace.TraceHeaders;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The headers of every answer, whatever it says. Belongs to one event loop. */
final class AnswerHeaders {
    /** RFC 9110's IMF-fixdate; Java's own formatter leaves the zero of the day out. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final long MILLIS_PER_SECOND = 1000;

    private final CrossOrigin crossOrigin;
    private long second = -1;
    private String date = "";

    AnswerHeaders(CrossOrigin crossOrigin) {
        this.crossOrigin = crossOrigin;
    }

    void add(HttpServerRequest request, HttpServerResponse response) {
        response.putHeader(HttpHeaders.DATE, date());
        var traceparent = TraceHeaders.traceparent(request.headers());
        if (traceparent != null) {
            response.putHeader(TraceHeaders.TRACEPARENT, traceparent);
        }
        crossOrigin.add(request, response);
    }

    /** Made once a second, and only in seconds with an answer. */
    private String date() {
        long now = System.currentTimeMillis() / MILLIS_PER_SECOND;
        if (now != second) {
            second = now;
            date = DATE.format(Instant.ofEpochSecond(now));
        }
        return date;
    }
}
