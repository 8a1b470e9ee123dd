package io.sluice.it.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;

/** What is asserted of answers in more than one place. */
final class Answers {
    private Answers() {}

    /** The answer is this error and nothing else. */
    static void assertError(HttpResponse<String> answer, int status, String code, String message) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(new JsonObject(answer.body()))
                .isEqualTo(new JsonObject().put("errorCode", code).put("message", message));
    }
}
