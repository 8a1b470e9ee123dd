package io.sluice.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestTemplateTest {
    private final RequestTemplate template = new RequestTemplate("127.0.0.1", 3500, "/v1.0/bindings/bench");

    @ParameterizedTest
    @CsvSource({"0,key-000", "7,key-007", "1042,key-042", "999999999,key-999"})
    void theBodyCarriesTheIdAndItsKey(int id, String key) {
        String[] request = request(id).split("\r\n\r\n", 2);

        var body = new JsonObject(request[1]);
        assertThat(body.getJsonObject("data").getLong("id")).isEqualTo(RequestTemplate.ID_BASE + id);
        assertThat(body.getJsonObject("metadata").getString("partitionKey")).isEqualTo(key);
        assertThat(request[0])
                .startsWith("POST /v1.0/bindings/bench HTTP/1.1\r\nHost: 127.0.0.1:3500\r\n")
                .endsWith("Content-Length: " + request[1].length());
    }

    @ParameterizedTest
    @CsvSource({"12345,6", "6,12345"})
    void nothingOfAFormerRequestRemains(int former, int id) {
        var buffer = template.newBuffer();
        template.fill(buffer, former);
        template.fill(buffer, id);

        assertThat(StandardCharsets.US_ASCII.decode(buffer).toString()).isEqualTo(request(id));
    }

    private String request(int id) {
        var buffer = template.newBuffer();
        template.fill(buffer, id);
        return StandardCharsets.US_ASCII.decode(buffer).toString();
    }
}
