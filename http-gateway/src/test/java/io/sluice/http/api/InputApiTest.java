package io.sluice.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.bus.Addresses;
import io.sluice.http.TestBindings;
import io.sluice.http.api.TestGateway.Setup;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InputApiTest {
    private static final String INBOX = "/v1.0-sluice/bindings/inbox/";
    private static final String REDELIVER = INBOX + "failures/my.topic/3/42/redeliver";

    private final TestGateway gateway =
            new TestGateway(Setup.usual().serving(TestBindings.input("inbox"), TestBindings.output("orders")));

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void theAnswersAreThoseOfWhoeverConsumes() {
        reply(Addresses.partitions("inbox"), new JsonObject().put("partitions", 1));
        reply(Addresses.failures("inbox"), new JsonObject().put("failures", 2));

        assertThat(gateway.get(INBOX + "partitions").body()).isEqualTo("{\"partitions\":1}");
        assertThat(gateway.get(INBOX + "failures").body()).isEqualTo("{\"failures\":2}");
        assertThat(gateway.get(INBOX + "failures").headers().firstValue("content-type"))
                .hasValue("application/json");
    }

    @Test
    void aRecordIsDeliveredAgainByItsCoordinates() {
        var asked = reply(Addresses.redeliver("inbox"), new JsonObject());

        var response = gateway.post(REDELIVER, "");

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
        assertThat(asked)
                .containsExactly(new JsonObject()
                        .put("topic", "my.topic")
                        .put("partition", 3)
                        .put("offset", 42L));
    }

    @Test
    void aRecordThatCannotBeReadIsPassedOverByItsCoordinates() {
        var asked = reply(Addresses.skip("inbox"), new JsonObject());

        assertThat(gateway.post(INBOX + "failures/my.topic/3/42/skip", "").statusCode())
                .isEqualTo(204);

        assertThat(asked)
                .containsExactly(new JsonObject()
                        .put("topic", "my.topic")
                        .put("partition", 3)
                        .put("offset", 42L));
    }

    @ParameterizedTest
    @CsvSource({"404,ERR_UNKNOWN_RECORD", "502,ERR_REDELIVERY_REFUSED", "500,ERR_KAFKA"})
    void aRefusalIsPassedOn(int status, String errorCode) {
        gateway.vertx
                .eventBus()
                .localConsumer(
                        Addresses.redeliver("inbox"),
                        question -> question.fail(
                                status,
                                new JsonObject()
                                        .put("errorCode", errorCode)
                                        .put("message", "why \"so\"")
                                        .encode()));

        var response = gateway.post(REDELIVER, "");

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(new JsonObject(response.body()))
                .isEqualTo(new JsonObject().put("errorCode", errorCode).put("message", "why \"so\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "nowhere"})
    void whatDoesNotConsumeIsUnknown(String name) {
        for (var path : List.of("partitions", "failures")) {
            var response = gateway.get("/v1.0-sluice/bindings/" + name + "/" + path);
            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.body()).contains("ERR_UNKNOWN_BINDING");
        }
        var response = gateway.post("/v1.0-sluice/bindings/" + name + "/failures/t/0/0/redeliver", "");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("ERR_UNKNOWN_BINDING");
    }

    @ParameterizedTest
    @ValueSource(strings = {"t/x/0", "t/0/-1", "t/0/x", "t/99999999999/0", "t/0/9999999999999999999"})
    void coordinatesThatAreNoneAreUnknown(String coordinates) {
        var response = gateway.post(INBOX + "failures/" + coordinates + "/redeliver", "");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("ERR_UNKNOWN_RECORD");
    }

    @Test
    void aBindingThatDoesNotConsumeYetIsToldOf() {
        var response = gateway.get(INBOX + "partitions");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).contains("ERR_INPUT_NOT_RUNNING");
        assertThat(response.headers().firstValue("retry-after")).isPresent();
    }

    @Test
    void noAnswerInTimeIsAnAnswer() {
        try (var hasty =
                new TestGateway(Setup.usual().deadline(Duration.ofMillis(100)).serving(TestBindings.input("inbox")))) {
            hasty.vertx.eventBus().localConsumer(Addresses.partitions("inbox"), question -> {});

            var response = hasty.get(INBOX + "partitions");

            assertThat(response.statusCode()).isEqualTo(500);
            assertThat(response.body()).contains("context deadline exceeded");
        }
    }

    @ParameterizedTest
    @CsvSource({"500,not JSON", "42,{}"})
    void aReplyThatIsNoErrorIsAnInternalError(int status, String message) {
        gateway.vertx
                .eventBus()
                .localConsumer(Addresses.partitions("inbox"), question -> question.fail(status, message));

        var response = gateway.get(INBOX + "partitions");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).contains("ERR_INTERNAL").doesNotContain(message);
        assertThat(gateway.complaints.take()).hasSize(1);
    }

    private List<JsonObject> reply(String address, JsonObject answer) {
        var asked = new CopyOnWriteArrayList<JsonObject>();
        gateway.vertx.eventBus().<JsonObject>localConsumer(address, question -> {
            asked.add(question.body());
            question.reply(answer);
        });
        return asked;
    }
}
