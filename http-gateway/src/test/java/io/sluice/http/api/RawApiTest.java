package io.sluice.http.api;

import static io.sluice.http.api.TestGateway.RAW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawApiTest {
    private final TestGateway gateway = new TestGateway();

    @AfterEach
    void close() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT"})
    void theBodyIsTheValueByteForByte(String method) {
        byte[] body = {0, (byte) 0xff, 13, 10, '{'};

        var response = gateway.send(method, RAW, BodyPublishers.ofByteArray(body));

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(gateway.producer.onlyRequest().value()).containsExactly(body);
        assertThat(gateway.producer.onlyRequest().operation()).isEqualTo("create");
        assertThat(gateway.producer.onlyRequest().metadata()).isEmpty();
    }

    @Test
    void anEmptyBodyIsAnEmptyValueAndNoTombstone() {
        gateway.post(RAW, "");

        assertThat(gateway.producer.onlyRequest().value()).isNotNull().isEmpty();
    }

    @Test
    void metadataComesFromTheQueryInTheCaseItHas() {
        gateway.post(RAW + "?metadata.a=1&metadata.A=2&metadata.b=x+y%26%C3%BC&metadata.a=3&other=4", "v");

        assertThat(gateway.producer.onlyRequest().metadata())
                .containsExactly(entry("a", "1"), entry("A", "2"), entry("b", "x y&ü"));
    }

    @Test
    void aThousandEntriesArriveAll() {
        var query = new StringBuilder(RAW + "?");
        for (int i = 0; i < 1_000; i++) {
            query.append("&metadata.").append(Integer.toString(i, 36)).append('=');
        }
        gateway.post(query.toString(), "v");

        assertThat(gateway.producer.onlyRequest().metadata()).hasSize(1_000);
    }

    @Test
    void aHeaderWinsOverTheQuery() {
        gateway.post(RAW + "?metadata.a=query&metadata.b=query", "v", "metadata.a", "header", "Metadata.c", "header");

        assertThat(gateway.producer.onlyRequest().metadata())
                .containsOnly(entry("a", "header"), entry("b", "query"), entry("c", "header"));
    }

    @Test
    void namesThatTheBindingLooksForAreRecognisedInAnyCaseOfAHeader() {
        gateway.post(
                RAW + "?metadata.partitionKey=query",
                "v",
                "METADATA.PARTITIONKEY",
                "header",
                "metadata.partitionnumber",
                "3",
                "metadata.valueschematype",
                "Avro");

        assertThat(gateway.producer.onlyRequest().metadata())
                .containsOnly(
                        entry("partitionKey", "header"),
                        entry("partitionNumber", "3"),
                        entry("valueSchemaType", "Avro"));
    }

    @Test
    void theContentTypeGoesWithTheRecord() {
        gateway.post(RAW, "v", "content-type", "text/csv");

        assertThat(gateway.producer.onlyRequest().metadata()).containsExactly(entry("content-type", "text/csv"));
    }

    @Test
    void aContentTypeInTheMetadataWins() {
        gateway.post(RAW + "?metadata.content-type=text/x", "v", "content-type", "text/csv");

        assertThat(gateway.producer.onlyRequest().metadata()).containsExactly(entry("content-type", "text/x"));
    }

    @Test
    void anUnknownBindingIsRefusedAsOnTheOtherPath() {
        var response = gateway.post("/v1.0-sluice/bindings/nobody/raw", "v");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body())
                .contains("ERR_INVOKE_OUTPUT_BINDING")
                .contains("couldn't find output binding nobody");
    }

    @Test
    void aQueryThatCannotBeDecodedIsMalformed() throws Exception {
        try (var connection = gateway.connect()) {
            connection.send("POST " + RAW + "?metadata.a=%4 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\nv");

            assertThat(connection.readResponse())
                    .startsWith("http/1.1 400 ")
                    .contains("{\"errorCode\":\"ERR_MALFORMED_REQUEST\",\"message\":\"invalid query: ");
        }
    }

    @Test
    void theTraceGoesWithTheRecord() {
        var parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

        var response = gateway.post(RAW, "v", "traceparent", parent);

        assertThat(response.headers().firstValue("traceparent")).hasValue(parent);
        assertThat(gateway.producer.onlyRequest().metadata()).containsExactly(entry("traceparent", parent));
    }
}
