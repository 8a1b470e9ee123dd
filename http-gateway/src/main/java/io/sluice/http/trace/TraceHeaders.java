package io.sluice.http.trace;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request's transport headers say of the trace it belongs to, as entries for the request's metadata.
 *
 * <p>Nothing is invented: without the headers there are no entries. A {@code traceparent} that is not one is ignored
 * together with its {@code tracestate} (<a href="https://www.w3.org/TR/trace-context/#processing-model">W3C Trace
 * Context</a>).
 */
public final class TraceHeaders {
    public static final String TRACEPARENT = "traceparent";
    public static final String TRACESTATE = "tracestate";
    public static final String BAGGAGE = "baggage";

    private static final CharSequence TRACEPARENT_HEADER = HttpHeaders.createOptimized(TRACEPARENT);
    private static final CharSequence BAGGAGE_HEADER = HttpHeaders.createOptimized(BAGGAGE);

    /** Version, trace id, parent id and flags; later versions may append fields. */
    private static final Pattern VALID_TRACEPARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-[!-~]*)?");

    private TraceHeaders() {}

    /** The request's {@code traceparent}, or null if there is none or it is invalid. */
    public static @Nullable String traceparent(MultiMap headers) {
        var traceparent = headers.get(TRACEPARENT_HEADER);
        return traceparent != null && isValid(traceparent) ? traceparent : null;
    }

    /** That of a gRPC call: as OpenCensus writes it, which some clients alone send, or else as over HTTP. */
    private static @Nullable String traceparentOfCall(MultiMap headers) {
        var binary = headers.get(BinaryTrace.HEADER);
        var traceparent =
                binary == null ? null : BinaryTrace.traceparent(binary).orElse(null);
        return traceparent == null ? traceparent(headers) : traceparent;
    }

    /** The entries that a gRPC call's headers add to the metadata, empty for most calls. */
    public static Map<String, String> metadataOfCall(MultiMap headers) throws MalformedBaggageException {
        return metadata(headers, traceparentOfCall(headers));
    }

    /** The entries that the headers add to the metadata, empty for most requests. */
    public static Map<String, String> metadata(MultiMap headers) throws MalformedBaggageException {
        return metadata(headers, traceparent(headers));
    }

    private static Map<String, String> metadata(MultiMap headers, @Nullable String traceparent)
            throws MalformedBaggageException {
        boolean hasBaggage = headers.contains(BAGGAGE_HEADER);
        if (traceparent == null && !hasBaggage) {
            return Map.of();
        }
        var entries = new LinkedHashMap<String, String>();
        if (traceparent != null) {
            entries.put(TRACEPARENT, traceparent);
            putJoined(entries, headers, TRACESTATE);
        }
        putJoined(entries, headers, BAGGAGE);
        var baggage = entries.get(BAGGAGE);
        if (baggage != null) {
            Baggage.check(baggage);
        }
        return entries;
    }

    static boolean isValid(String traceparent) {
        return VALID_TRACEPARENT.matcher(traceparent).matches();
    }

    /** Several headers of one name are one list; an empty one says nothing. */
    private static void putJoined(Map<String, String> entries, MultiMap headers, String name) {
        var joined = String.join(",", headers.getAll(name));
        if (!joined.isEmpty()) {
            entries.put(name, joined);
        }
    }
}
