package io.sluice.core.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class ErrorJsonTest {
    @Test
    void anErrorHasDaprsShape() {
        var json = ErrorJson.render(Failure.operationMissing(), "orders").toString();

        assertThat(json)
                .isEqualTo(
                        "{\"errorCode\":\"ERR_INVOKE_OUTPUT_BINDING\","
                                + "\"message\":\"error invoking output binding orders: operation field is missing from request\"}");
    }

    @Test
    void whateverStandsInTheTextsTheErrorIsOneJsonObject() {
        String hostile = "\"},{\"x\":\"\n\u0000\u001b\u2028\\ é😀";

        var json = new JsonObject(ErrorJson.render(new Failure(Reason.MALFORMED_REQUEST, hostile), "b"));

        assertThat(json.fieldNames()).containsExactly("errorCode", "message");
        assertThat(json.getString("message")).isEqualTo("failed deserializing HTTP body: " + hostile);
    }

    @Test
    void aLoneSurrogateInATextIsEscaped() {
        var json = new JsonObject(ErrorJson.render(Failure.unsupportedOperation("b", "\ud83d"), "b"));

        assertThat(json.getString("message")).contains("does not support operation \ud83d.");
    }
}
