package io.sluice.http.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceHeadersTest {
    private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();

    @Test
    void withoutTheHeadersThereIsNothing() throws Exception {
        assertThat(TraceHeaders.metadata(headers)).isEmpty();
    }

    @Test
    void theTraceGoesThroughAsItIs() throws Exception {
        headers.add("Traceparent", PARENT).add("tracestate", "a=1").add("tracestate", "b=2");

        assertThat(TraceHeaders.metadata(headers))
                .containsExactly(entry("traceparent", PARENT), entry("tracestate", "a=1,b=2"));
    }

    @Test
    void anEmptyTracestateSaysNothing() throws Exception {
        headers.add("traceparent", PARENT).add("tracestate", "");

        assertThat(TraceHeaders.metadata(headers)).containsOnlyKeys("traceparent");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1"
            })
    void aTraceparentThatIsNoneIsIgnoredWithItsState(String traceparent) throws Exception {
        headers.add("traceparent", traceparent).add("tracestate", "a=1");

        assertThat(TraceHeaders.metadata(headers)).isEmpty();
        assertThat(TraceHeaders.traceparent(headers)).isNull();
    }

    @Test
    void severalBaggageHeadersAreOneList() throws Exception {
        headers.add("baggage", "a=1").add("baggage", "b=2;p");

        assertThat(TraceHeaders.metadata(headers)).containsExactly(entry("baggage", "a=1,b=2;p"));
    }

    @Test
    void anEmptyBaggageHeaderSaysNothing() throws Exception {
        headers.add("baggage", "");

        assertThat(TraceHeaders.metadata(headers)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=1",
                "a=",
                "a = 1",
                "a=1 , b=2",
                "a=1\t;\tp = x ; q",
                "a=b=c",
                "userId=Am%C3%A9lie,serverNode=DF%2028,isProduction=false",
                "!#$%&'*+-.^_`|~=x"
            })
    void validBaggageIsTaken(String baggage) throws Exception {
        headers.add("baggage", baggage);

        assertThat(TraceHeaders.metadata(headers)).containsEntry("baggage", baggage);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "=1",
                " =1",
                "a=1,",
                ",a=1",
                "a=1,,b=2",
                "a b=1",
                "a=1 2",
                "a=\"1\"",
                "a=1;",
                "a=1;p=\\",
                "a=%",
                "a=%4",
                "a=%zz",
                "a=é",
                "ä=1",
                "a=1;p q"
            })
    void invalidBaggageIsRefused(String baggage) {
        headers.add("baggage", baggage);

        assertThatThrownBy(() -> TraceHeaders.metadata(headers))
                .isInstanceOf(MalformedBaggageException.class)
                .hasMessageStartingWith("invalid baggage header: list-member ");
    }

    @Test
    void baggageAboveTheLimitOfTheSpecificationIsRefused() {
        headers.add("baggage", "a=" + "x".repeat(8191));

        assertThatThrownBy(() -> TraceHeaders.metadata(headers)).hasMessageContaining("longer than 8192");
    }
}
