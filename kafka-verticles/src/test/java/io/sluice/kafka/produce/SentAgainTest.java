package io.sluice.kafka.produce;

import static io.sluice.kafka.produce.OutputHarness.await;
import static io.sluice.kafka.produce.OutputHarness.create;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.message.Failure;
import io.sluice.core.message.InvokeOutcome.Refused;
import io.sluice.core.message.InvokeOutcome.Stored;
import io.sluice.core.message.Reason;
import io.sluice.kafka.produce.FakeProducer.Sent;
import io.sluice.kafka.produce.OutputHarness.Answer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of records that are refused because of others in their batch. */
@Timeout(30)
class SentAgainTest {
    /** As Kafka's client words it. */
    private static final KafkaException OF_OTHERS = new KafkaException(
            "Failed to append record because it was part of a batch which had one more more invalid" + " records");

    private OutputHarness harness;
    private FakeProducer first;

    @BeforeEach
    void start() throws Exception {
        harness = new OutputHarness();
        harness.deploy(Bindings.with());
        first = harness.producer();
    }

    @AfterEach
    void stop() throws Exception {
        harness.close();
    }

    @Test
    void theGuiltyHearsItsErrorAndTheInnocentIsStoredThroughAnotherProducer() throws Exception {
        harness.call("orders", 1, create("good"), create("bad"));
        first.nextSent().fail(OF_OTHERS);
        first.nextSent().fail(new InvalidRecordException("no key"));

        assertThat(harness.nextAnswer())
                .isEqualTo(new Answer(2, new Refused(new Failure(Reason.KAFKA_REFUSED, "kafka server: no key"))));
        Sent again = second().nextSent();
        again.acknowledge(0, 7);

        assertThat(again.record().value()).asString().isEqualTo("good");
        assertThat(harness.nextAnswer()).isEqualTo(new Answer(1, new Stored("orders-topic", 0, 7)));
        assertThat(first.closed).isNotCompleted();
        assertThat(bytesInFlight()).isZero();
    }

    @Test
    void theProducersOfABindingAreClosedWithIt() throws Exception {
        harness.call("orders", 1, create("good"));
        first.nextSent().fail(OF_OTHERS);
        second().nextSent().acknowledge(0, 7);
        harness.nextAnswer();

        await(harness.outputs.undeploy("orders"));

        assertThat(first.closed).isCompleted();
        assertThat(second().closed).isCompleted();
    }

    @Test
    void aLoginThatMayNotWriteIdempotentlyGoesWithout() throws Exception {
        harness.call("orders", 1, create("1"), create("2"));
        Sent denied = first.nextSent();
        Sent behind = first.nextSent();
        denied.fail(new ClusterAuthorizationException("denied"));
        // As send() reports the state that the first one left behind.
        behind.fail(new KafkaException("in an error state", new ClusterAuthorizationException("denied")));

        second().nextSent().acknowledge(0, 1);
        second().nextSent().acknowledge(0, 2);

        assertThat(List.of(harness.nextAnswer().outcome(), harness.nextAnswer().outcome()))
                .containsExactly(new Stored("orders-topic", 0, 1), new Stored("orders-topic", 0, 2));
        assertThat(first.properties).containsEntry("enable.idempotence", true);
        assertThat(second().properties).containsEntry("enable.idempotence", false);
        assertThat(first.closed.get(5, TimeUnit.SECONDS)).isNull();
        assertThat(bytesInFlight()).isZero();
    }

    @Test
    void whatWaitsDoesNotGoThroughAProducerThatBrokeMeanwhile() throws Exception {
        first.metadataError = new TimeoutException("not present in metadata after 0 ms");
        first.sendError = new IllegalStateException("in an error state");
        harness.call("orders", 1, create("1"), create("2"), create("3"), create("4"));
        harness.withdraw("orders", 4);
        assertThat(harness.nextAnswer().id()).isEqualTo(4);

        first.metadataError = null;
        Answer broken = harness.nextAnswer();
        second().nextSent().acknowledge(0, 2);
        second().nextSent().acknowledge(0, 3);

        assertThat(broken.failure().detail()).isEqualTo("kafka: in an error state");
        assertThat(List.of(harness.nextAnswer().id(), harness.nextAnswer().id()))
                .containsExactly(2L, 3L);
        assertThat(bytesInFlight()).isZero();
    }

    @Test
    void withoutIdempotenceADenialIsAnAnswer() throws Exception {
        harness.call("orders", 1, create("1"));
        first.nextSent().fail(new ClusterAuthorizationException("denied"));

        second().nextSent().fail(new ClusterAuthorizationException("denied again"));

        assertThat(harness.nextAnswer().failure().detail()).contains("denied again");
    }

    @Test
    void aRecordIsNotSentForEver() throws Exception {
        harness.call("orders", 1, create("1"));
        first.nextSent().fail(new RecordBatchTooLargeException("larger than a segment"));

        int attempts = 1;
        while (harness.unreadAnswers().isEmpty()) {
            Sent sent = second().sent.poll();
            if (sent != null) {
                attempts++;
                sent.fail(new RecordBatchTooLargeException("larger than a segment"));
            }
        }

        assertThat(attempts).isEqualTo(5);
        assertThat(harness.nextAnswer().failure())
                .isEqualTo(new Failure(Reason.KAFKA_REFUSED, "kafka server: larger than a segment"));
        assertThat(bytesInFlight()).isZero();
    }

    @Test
    void aBindingThatIsUndeployedWaitsForWhatIsSentAgain() throws Exception {
        harness.call("orders", 1, create("1"));
        first.nextSent().fail(OF_OTHERS);
        Sent again = second().nextSent();

        var undeployed = harness.outputs.undeploy("orders");
        again.acknowledge(0, 7);

        assertThat(harness.nextAnswer()).isEqualTo(new Answer(1, new Stored("orders-topic", 0, 7)));
        await(undeployed);
    }

    private FakeProducer second() {
        Awaitility.await().until(() -> harness.kafka.producers.size() == 2);
        return harness.kafka.producers.get(1);
    }

    private double bytesInFlight() {
        return harness.meters.get("sluice_output_bytes_in_flight").gauge().value();
    }
}
