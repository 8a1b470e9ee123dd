package io.sluice.http.trace;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The trace context that gRPC clients send in {@code grpc-trace-bin},
 * <a href="https://github.com/census-instrumentation/opencensus-specs/blob/master/encodings/BinaryEncoding.md">as OpenCensus
 * encodes it</a>, in Base64:
 *
 * <pre>
 *   00 | 00 trace id, 16 bytes | 01 span id, 8 bytes | 02 flags, 1 byte
 * </pre>
 *
 * Only the trace id has to be there; a trace without a span is none to belong to.
 */
final class BinaryTrace {
    static final String HEADER = "grpc-trace-bin";

    private static final int TRACE_ID = 16;
    private static final int SPAN_ID = 8;
    private static final int SPAN_FIELD = 2 + TRACE_ID;
    private static final int FLAGS_FIELD = SPAN_FIELD + 1 + SPAN_ID;
    private static final HexFormat HEX = HexFormat.of();

    private BinaryTrace() {}

    /** The {@code traceparent} that says the same, empty when {@code header} says nothing or cannot be read. */
    static Optional<String> traceparent(String header) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(header.strip());
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        boolean readable = bytes.length >= FLAGS_FIELD && bytes[0] == 0 && bytes[1] == 0 && bytes[SPAN_FIELD] == 1;
        if (!readable) {
            return Optional.empty();
        }
        var traceparent = "00-" + HEX.formatHex(bytes, 2, SPAN_FIELD) + "-"
                + HEX.formatHex(bytes, SPAN_FIELD + 1, FLAGS_FIELD) + "-" + flags(bytes);
        return Optional.of(traceparent).filter(TraceHeaders::isValid);
    }

    private static String flags(byte[] bytes) {
        boolean given = bytes.length > FLAGS_FIELD + 1 && bytes[FLAGS_FIELD] == 2;
        return given ? HEX.toHexDigits(bytes[FLAGS_FIELD + 1]) : "00";
    }
}
