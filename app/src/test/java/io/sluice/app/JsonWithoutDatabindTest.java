package io.sluice.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.jackson.JacksonCodec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonWithoutDatabindTest {
    @Test
    void vertxReadsAndWritesJsonWithoutDatabind() {
        assertThat(Json.CODEC).isExactlyInstanceOf(JacksonCodec.class);
    }

    @Test
    void whatTheGatewayWritesIsTheSame() {
        var object = new JsonObject()
                .put("text", "ä\"\u0001")
                .put("numbers", new JsonArray(List.of(1, 2L, 1.5)))
                .put("map", Map.of("nested", true))
                .put("time", Instant.EPOCH)
                .putNull("nothing");

        assertThat(object.encode())
                .isEqualTo("{\"text\":\"ä\\\"\\u0001\",\"numbers\":[1,2,1.5],\"map\":{\"nested\":true},"
                        + "\"time\":\"1970-01-01T00:00:00Z\",\"nothing\":null}");
        assertThat(new JsonObject(object.encode()).getJsonArray("numbers").getLong(1))
                .isEqualTo(2);
    }
}
