package io.sluice.kafka.produce;

import static io.sluice.kafka.produce.OutputHarness.await;
import static io.sluice.kafka.produce.OutputHarness.create;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.core.message.InvokeOutcome.Stored;
import io.sluice.core.message.Reason;
import io.sluice.kafka.produce.FakeProducer.Sent;
import io.sluice.kafka.produce.OutputHarness.Answer;
import io.vertx.core.Future;
import java.time.Duration;
import org.apache.kafka.common.errors.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A binding that is changed while it is used. */
@Timeout(30)
class ReplacedOutputTest {
    private OutputHarness harness;

    @BeforeEach
    void start() throws Exception {
        harness = new OutputHarness();
    }

    @AfterEach
    void stop() throws Exception {
        harness.close();
    }

    @Test
    void newCallsGoTheNewWayAndThoseOnTheirWayEndAsTheyBegan() throws Exception {
        harness.deploy(Bindings.with());
        harness.call("orders", 1, create("1"));
        Sent before = harness.producer().nextSent();

        await(harness.outputs.replace(toTopic("other").binding()));
        harness.call("orders", 2, create("2"));
        Sent after = harness.producer().nextSent();
        after.acknowledge(0, 20);
        before.acknowledge(0, 10);

        assertThat(harness.nextAnswer()).isEqualTo(new Answer(2, new Stored("other", 0, 20)));
        assertThat(harness.nextAnswer()).isEqualTo(new Answer(1, new Stored("orders-topic", 0, 10)));
    }

    @Test
    void aChangeThatNeedsNoOtherProducerKeepsTheOneThereIs() throws Exception {
        harness.deploy(Bindings.with());

        await(harness.outputs.replace(toTopic("other").binding()));

        assertThat(harness.kafka.producers).hasSize(1);
        assertThat(harness.producer().closed).isNotCompleted();
    }

    @Test
    void theProducerOfBeforeIsClosedWhenItsLastRecordHasItsOutcome() throws Exception {
        harness.deploy(Bindings.with());
        FakeProducer before = harness.producer();
        harness.call("orders", 1, create("1"));
        Sent sent = before.nextSent();

        await(harness.outputs.replace(withAnotherProducer().binding()));
        assertThat(before.closed).isNotCompleted();
        sent.acknowledge(0, 1);

        before.closed.get();
        assertThat(harness.kafka.producers).hasSize(2);
        assertThat(harness.producer().closed).isNotCompleted();
    }

    @Test
    void untilTheChangeCanProduceTheBindingGoesOnAsItWasAndStaysReady() throws Exception {
        harness.deploy(Bindings.with());
        FakeProducer before = harness.producer();
        harness.kafka.metadataError = new TimeoutException("no metadata");

        var replaced = harness.outputs.replace(withAnotherProducer().binding());
        Awaitility.await().until(() -> harness.kafka.producers.size() == 2);
        harness.call("orders", 1, create("1"));
        before.nextSent().acknowledge(0, 1);
        boolean waited = !replaced.isComplete();
        boolean ready = harness.health.targets().get("kafka:orders").ready();
        harness.producer().metadataError = null;

        assertThat(waited).isTrue();
        assertThat(ready).isTrue();
        await(replaced);
        harness.call("orders", 2, create("2"));
        harness.producer().nextSent().acknowledge(0, 2);
        assertThat(harness.nextAnswer().id()).isEqualTo(1);
        assertThat(harness.nextAnswer().id()).isEqualTo(2);
    }

    @Test
    void aChangeThatCannotProduceTakesOverAfterItsInitTimeoutAndSaysWhatIsWrong() throws Exception {
        harness.deploy(Bindings.with());
        harness.kafka.metadataError = new TimeoutException("no metadata");
        var bindings = withAnotherProducer();
        bindings.initTimeout = Duration.ofMillis(50);
        bindings.metadataTimeout = Duration.ofMillis(50);

        await(harness.outputs.replace(bindings.binding()));
        harness.call("orders", 1, create("1"));

        assertThat(harness.nextAnswer().failure().reason()).isEqualTo(Reason.KAFKA_UNAVAILABLE);
        assertThat(harness.health.targets().get("kafka:orders").ready()).isFalse();
    }

    @Test
    void itsSeriesGoOnAndAreGoneWithTheBinding() throws Exception {
        harness.deploy(Bindings.with());
        harness.call("orders", 1, create("1"));
        harness.producer().nextSent().acknowledge(0, 1);
        harness.nextAnswer();

        await(harness.outputs.replace(toTopic("other").binding()));
        harness.call("orders", 2, create("2"));
        harness.producer().nextSent().acknowledge(0, 2);
        harness.nextAnswer();

        assertThat(harness.meters
                        .get("dapr_component_output_binding_count")
                        .tags("success", "true")
                        .functionCounter()
                        .count())
                .isEqualTo(2);
        assertThat(harness.meters.get("sluice_output_bytes_in_flight").gauge().value())
                .isZero();
        await(harness.outputs.undeploy("orders"));
        assertThat(harness.meters.getMeters()).isEmpty();
        assertThat(harness.health.targets()).isEmpty();
        assertThat(harness.kafka.openQueries).hasValue(0);
        assertThat(harness.producer().closed).isCompleted();
    }

    @Test
    void aBindingThatIsUndeployedWhileItChangesLeavesNothingOpen() throws Exception {
        harness.deploy(Bindings.with());
        harness.kafka.metadataError = new TimeoutException("no metadata");
        Future<Void> replaced = harness.outputs.replace(withAnotherProducer().binding());
        Awaitility.await().until(() -> harness.kafka.producers.size() == 2);

        await(harness.outputs.undeploy("orders"));
        harness.producer().metadataError = null;

        assertThatThrownBy(() -> await(replaced)).hasMessageContaining("orders was stopped");
        assertThat(harness.kafka.producers)
                .allSatisfy(producer -> assertThat(producer.closed).isCompleted());
        assertThat(harness.kafka.openQueries).hasValue(0);
        assertThat(harness.health.targets()).isEmpty();
        assertThat(harness.meters.getMeters()).isEmpty();
    }

    @Test
    void onlyWhatIsDeployedCanBeReplaced() {
        assertThatThrownBy(() -> await(harness.outputs.replace(Bindings.with().binding())))
                .hasMessageContaining("orders is not deployed");
    }

    private static Bindings toTopic(String topic) {
        var bindings = Bindings.with();
        bindings.topic = topic;
        return bindings;
    }

    private static Bindings withAnotherProducer() {
        var bindings = Bindings.with();
        bindings.linger = Duration.ofMillis(5);
        return bindings;
    }
}
