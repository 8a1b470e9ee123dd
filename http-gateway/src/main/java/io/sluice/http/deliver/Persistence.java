package io.sluice.http.deliver;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long a connection may be used again after an answer (RFC 9112, 9.3; {@code Keep-Alive}: RFC 2068, 19.7.1.1). */
final class Persistence {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    /** Before the app closes the connection it must not get a request any more. */
    private static final Duration MARGIN = Duration.ofMillis(500);

    private static final Pattern TIMEOUT = Pattern.compile("(?i)\\btimeout\\s*=\\s*\"?(\\d{1,9})");
    private static final Pattern CLOSE = Pattern.compile("(?i)(?:^|,)\\s*close\\s*(?:,|$)");
    private static final Pattern KEEP = Pattern.compile("(?i)(?:^|,)\\s*keep-alive\\s*(?:,|$)");

    private static final Set<HttpResponseStatus> EMPTY =
            Set.of(HttpResponseStatus.NO_CONTENT, HttpResponseStatus.NOT_MODIFIED);

    private Persistence() {}

    /** In nanoseconds, 0 when the connection is to be closed. */
    static long nanosAfter(HttpResponse response) {
        if (announcesBytesThatMayNotCome(response) || isEncodedForTransfer(response)) {
            return 0;
        }
        return isKept(response)
                ? keepAlive(response.headers().get("keep-alive")).toNanos()
                : 0;
    }

    private static boolean isKept(HttpResponse response) {
        boolean isOld = response.protocolVersion().equals(HttpVersion.HTTP_1_0);
        if (!response.headers().contains(HttpHeaderNames.CONNECTION)) {
            return !isOld;
        }
        // One header may be said several times.
        String connection = String.join(",", response.headers().getAll(HttpHeaderNames.CONNECTION));
        return !CLOSE.matcher(connection).find()
                && (!isOld || KEEP.matcher(connection).find());
    }

    /** An answer of 204 or 304 has no body, and an app that speaks of one may send it all the same (RFC 9112, 6.3). */
    private static boolean announcesBytesThatMayNotCome(HttpResponse response) {
        if (!EMPTY.contains(response.status())) {
            return false;
        }
        String length = response.headers().get(HttpHeaderNames.CONTENT_LENGTH);
        return length != null && !length.equals("0");
    }

    /** In another way than by chunks alone: where such an answer ends, its sender and its reader may see differently. */
    private static boolean isEncodedForTransfer(HttpResponse response) {
        String encoding = response.headers().get(HttpHeaderNames.TRANSFER_ENCODING);
        return encoding != null && !encoding.equalsIgnoreCase("chunked");
    }

    private static Duration keepAlive(@Nullable String header) {
        Matcher timeout = header == null ? null : TIMEOUT.matcher(header);
        if (timeout == null || !timeout.find()) {
            return LONGEST;
        }
        Duration told = Duration.ofSeconds(Long.parseLong(timeout.group(1))).minus(MARGIN);
        if (told.isNegative()) {
            return Duration.ZERO;
        }
        return told.compareTo(LONGEST) < 0 ? told : LONGEST;
    }
}
