package io.sluice.http.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The trace of a gRPC call in {@code grpc-trace-bin}. */
class BinaryTraceTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";
    private static final String WHOLE = "0000" + TRACE + "01" + SPAN + "0201";

    @Test
    void itBecomesATraceparent() throws Exception {
        assertThat(metadata(WHOLE)).isEqualTo(Map.of("traceparent", "00-" + TRACE + "-" + SPAN + "-01"));
    }

    @Test
    void itMayHaveNoFlagsAndNoPadding() throws Exception {
        var unpadded = Base64.getEncoder().withoutPadding().encodeToString(bytes("0000" + TRACE + "01" + SPAN));

        assertThat(TraceHeaders.metadataOfCall(headers(unpadded)))
                .isEqualTo(Map.of("traceparent", "00-" + TRACE + "-" + SPAN + "-00"));
    }

    @Test
    void itWinsOverATraceparentAsWithDaprd() throws Exception {
        var headers = headers(Base64.getEncoder().encodeToString(bytes(WHOLE)))
                .set("traceparent", "00-" + TRACE.replace('4', '5') + "-" + SPAN + "-01");

        assertThat(TraceHeaders.metadataOfCall(headers)).containsValue("00-" + TRACE + "-" + SPAN + "-01");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "01" + "00" + TRACE + "01" + SPAN + "0201",
                "0000" + TRACE,
                "0000" + TRACE + "02" + SPAN + "0201",
                "000000000000000000000000000000000000" + "01" + SPAN + "0201",
                "0000" + TRACE + "010000000000000000" + "0201"
            })
    void whatIsNoTraceIsPassedOver(String hex) throws Exception {
        var traceparent = "00-" + TRACE + "-" + SPAN + "-01";
        var encoded = Base64.getEncoder().encodeToString(bytes(hex));

        assertThat(TraceHeaders.metadataOfCall(headers(encoded))).isEmpty();
        assertThat(TraceHeaders.metadataOfCall(headers(encoded).set("traceparent", traceparent)))
                .containsValue(traceparent);
    }

    @Test
    void whatIsNoBase64IsPassedOver() throws Exception {
        assertThat(TraceHeaders.metadataOfCall(headers("*"))).isEmpty();
    }

    @Test
    void overHttpItIsAHeaderLikeAnyOther() throws Exception {
        assertThat(TraceHeaders.metadata(headers(Base64.getEncoder().encodeToString(bytes(WHOLE)))))
                .isEmpty();
    }

    private static Map<String, String> metadata(String hex) throws MalformedBaggageException {
        return TraceHeaders.metadataOfCall(headers(Base64.getEncoder().encodeToString(bytes(hex))));
    }

    private static MultiMap headers(String binary) {
        return MultiMap.caseInsensitiveMultiMap().set("grpc-trace-bin", binary);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
