package io.sluice.core.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.core.envelope.MalformedEnvelopeException;
import io.sluice.core.message.Failure;
import io.sluice.core.message.InvokeOutcome.Refused;
import io.sluice.core.message.InvokeRequest;
import io.sluice.core.message.Reason;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class InvokeRepliesTest {
    @ParameterizedTest
    @EnumSource
    void everyFailureComesBackAsItWas(Reason reason) {
        var failure = new Failure(reason, "it says \"no\"");

        var reply = InvokeReplies.toReply(failure, "orders");

        assertThat(reply.failureType()).isEqualTo(ReplyFailure.RECIPIENT_FAILURE);
        assertThat(reply.failureCode()).isEqualTo(reason.status());
        assertThat(InvokeReplies.toOutcome(reply, "orders").result()).isEqualTo(new Refused(failure));
    }

    @Test
    void theReplyHoldsTheErrorThatHttpCallersGet() {
        var error = new JsonObject(
                InvokeReplies.toReply(Failure.operationMissing(), "orders").getMessage());

        assertThat(error.getString("errorCode")).isEqualTo("ERR_INVOKE_OUTPUT_BINDING");
        assertThat(error.getString("message"))
                .isEqualTo("error invoking output binding orders: operation field is missing from request");
        assertThat(error.getString("reason")).isEqualTo("OPERATION_MISSING");
    }

    @ParameterizedTest
    @ValueSource(strings = {"not JSON", "[]", "{}", "{\"reason\":7}", "{\"reason\":\"NO_SUCH_REASON\"}"})
    void aFailureThatIsNoneOfTheGatewaysStaysAFailure(String message) {
        var foreign = new ReplyException(ReplyFailure.RECIPIENT_FAILURE, 500, message);

        assertThat(InvokeReplies.toOutcome(foreign, "orders").cause()).isSameAs(foreign);
    }

    @Test
    void aFailureWithoutAMessageStaysAFailure() {
        var foreign = new ReplyException(ReplyFailure.RECIPIENT_FAILURE);

        assertThat(InvokeReplies.toOutcome(foreign, "orders").cause()).isSameAs(foreign);
    }

    @Test
    void aJsonBodyIsReadAsAnHttpBodyIs() throws Exception {
        var body = new JsonObject()
                .put("Operation", "create")
                .put("data", new JsonObject().put("id", Long.MAX_VALUE).put("é", new JsonArray().add(1.5)))
                .put("metadata", new JsonObject().put("k", "v").putNull("n"));

        var request = InvokeReplies.request(body);

        assertThat(request.operation()).isEqualTo("create");
        assertThat(new String(request.value(), StandardCharsets.UTF_8))
                .isEqualTo("{\"id\":9223372036854775807,\"é\":[1.5]}");
        assertThat(request.metadata()).isEqualTo(Map.of("k", "v", "n", ""));
    }

    @Test
    void aTypedBodyIsTheRequest() throws Exception {
        var request = new InvokeRequest("create", null, Map.of());

        assertThat(InvokeReplies.request(request)).isSameAs(request);
    }

    @Test
    void aBodyOfAnotherTypeIsMalformed() {
        for (Object body : new Object[] {null, "{}", 1, new JsonArray()}) {
            assertThatThrownBy(() -> InvokeReplies.request(body)).isInstanceOf(MalformedEnvelopeException.class);
        }
    }

    @Test
    void wrongTypesInAJsonBodyAreNamed() {
        var body = new JsonObject().put("metadata", new JsonObject().put("k", 1));

        assertThatThrownBy(() -> InvokeReplies.fromJson(body))
                .hasMessage("metadata.k must be a string, found a number at byte 17");
    }

    @Test
    void whatJsonCannotExpressIsMalformed() {
        var body = new JsonObject().put("data", new Object());

        assertThatThrownBy(() -> InvokeReplies.fromJson(body)).hasMessage("the body cannot be written as JSON");
    }

    @Test
    void aLoneSurrogateInAJsonBodyIsEscapedInDataAndReplacedInMetadata() throws Exception {
        var body = new JsonObject().put("data", "\ud83d").put("metadata", new JsonObject().put("k", "\ud83d"));

        var request = InvokeReplies.fromJson(body);

        assertThat(new String(request.value(), StandardCharsets.UTF_8)).isEqualToIgnoringCase("\"\\ud83d\"");
        assertThat(request.metadata()).isEqualTo(Map.of("k", "\uFFFD"));
    }
}
