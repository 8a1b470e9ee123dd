package io.sluice.kafka.consume;

import static io.sluice.kafka.consume.InputHarness.P0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.core.bus.Addresses;
import io.sluice.core.message.DeliveryResult.Unreachable;
import io.sluice.kafka.consume.InputHarness.Call;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RedeliveryTest {
    private InputHarness harness;
    private final Inputs binding = Inputs.with();

    @BeforeEach
    void start() throws Exception {
        binding.deadLetterTopic = "dead";
        harness = new InputHarness();
        harness.deploy(binding, P0);
    }

    @AfterEach
    void stop() throws Exception {
        harness.close();
    }

    @Test
    void aRecordIsReadAgainFromKafkaAndDelivered() throws Exception {
        harness.readable(P0, 5, "five");

        var answer = harness.redeliver("t", 0, 5);
        Call call = harness.nextCall();
        call.acknowledge();

        assertThat(call.delivery.value()).asString().isEqualTo("five");
        assertThat(InputHarness.await(answer)).isEqualTo(new JsonObject());
    }

    @Test
    void aRecordThatIsRefusedAgainAnswersBadGateway() throws Exception {
        harness.readable(P0, 5, "five");
        var answer = harness.redeliver("t", 0, 5);

        harness.nextCall().refuse();

        assertFails(answer, 502, "ERR_REDELIVERY_REFUSED");
    }

    @Test
    void anAppThatIsNotThereIsNoRefusal() throws Exception {
        harness.readable(P0, 5, "five");
        var answer = harness.redeliver("t", 0, 5);

        harness.nextCall().answer(new Unreachable("no connection"));

        assertFails(answer, 503, "ERR_REDELIVERY_UNAVAILABLE");
    }

    @Test
    void aTopicOfSomebodyElseIsUnknown() {
        assertFails(harness.redeliver("other", 0, 5), 404, "ERR_UNKNOWN_RECORD");
    }

    @Test
    void anOffsetOutsideOfTheLogIsUnknown() {
        harness.readable(P0, 5, "five");

        assertFails(harness.redeliver("t", 0, 100), 404, "ERR_UNKNOWN_RECORD");
    }

    @Test
    void anOffsetWithoutARecordIsUnknown() {
        harness.readable(P0, 5, "five");

        assertFails(harness.redeliver("t", 0, 4), 404, "ERR_UNKNOWN_RECORD");
    }

    @Test
    void aQuestionThatMakesNoSenseIsAnsweredToo() {
        var nonsense = harness.vertx
                .eventBus()
                .<JsonObject>request(Addresses.redeliver("orders"), new JsonObject().put("offset", "five"))
                .map(Message::body);

        assertFails(nonsense, 503, "ERR_REDELIVERY_UNAVAILABLE");
    }

    @Test
    void aPartitionThatTheTopicDoesNotHaveIsUnknown() {
        harness.readable(P0, 5, "five");

        assertFails(harness.redeliver("t", 3, 5), 404, "ERR_UNKNOWN_RECORD");
    }

    @Test
    void aDeadLetterIsDeliveredAsTheRecordThatItWas() throws Exception {
        harness.readable(
                new TopicPartition("dead", 0),
                2,
                "five",
                "sluice.dlq.topic",
                "t",
                "sluice.dlq.partition",
                "1",
                "sluice.dlq.offset",
                "77",
                "sluice.dlq.timestamp",
                "1234",
                "own",
                "header");

        var answer = harness.redeliver("dead", 0, 2);
        Call call = harness.nextCall();
        call.acknowledge();
        InputHarness.await(answer);

        assertThat(call.delivery.coordinates()).hasToString("t/1@77");
        assertThat(call.delivery.timestamp()).isEqualTo(1234);
        assertThat(call.delivery.headers()).singleElement().satisfies(header -> assertThat(header.name())
                .isEqualTo("own"));
    }

    private static void assertFails(Future<JsonObject> answer, int status, String code) {
        var failure = (ReplyException)
                catchThrowable(() -> InputHarness.await(answer)).getCause();
        assertThat(failure.failureCode()).isEqualTo(status);
        assertThat(new JsonObject(failure.getMessage()).getString("errorCode")).isEqualTo(code);
        assertThat(new JsonObject(failure.getMessage()).getString("message")).isNotEmpty();
    }
}
