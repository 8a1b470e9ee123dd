package io.sluice.kafka.consume;

import static io.sluice.kafka.consume.InputHarness.P0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.core.health.Health.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Why a binding does not consume, from its deployment to its first partition. */
@Timeout(30)
class InputHealthTest {
    private InputHarness harness;

    @BeforeEach
    void start() throws Exception {
        harness = new InputHarness();
        InputHarness.await(harness.inputs.deploy(Inputs.with().binding()));
    }

    @AfterEach
    void stop() throws Exception {
        harness.close();
    }

    @Test
    void anAppThatDoesNotTakeTheRecordsIsToldWithItsReason() {
        await().until(() -> detail().contains("the app is ill"));
        assertThat(subscribed()).isZero();

        harness.gate(true);
        await().until(() -> !detail().contains("the app is ill"));
        assertThat(subscribed()).isOne();
        assertThat(detail()).contains("no partition of t is assigned yet");

        harness.gate(false);
        await().until(() -> detail().contains("the app is ill"));
        assertThat(subscribed()).isZero();
    }

    @Test
    void aTopicThatIsNotThereIsNamedUntilItIs() {
        harness.gate(true);
        FakeConsumer consumer = harness.consumer(0);
        consumer.topicMissing = true;
        consumer.assignNothing();

        await().until(() -> detail().contains("topic t is not there: create it"));

        consumer.topicMissing = false;
        consumer.assign(P0);
        await().until(() -> status().ready());
    }

    @Test
    void aMemberBesideOthersThatHaveAllPartitionsIsReady() {
        harness.gate(true);
        FakeConsumer consumer = harness.consumer(0);
        consumer.assignNothing();

        await().until(() -> status().ready());
    }

    private Status status() {
        return harness.health.targets().get("input:orders");
    }

    private String detail() {
        return status().detail();
    }

    private double subscribed() {
        return harness.meters.get("sluice_input_subscribed").gauge().value();
    }
}
