package io.sluice.kafka.consume;

import static io.sluice.kafka.consume.InputHarness.P0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.core.health.Startup;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether what is produced from now on is delivered. */
@Timeout(30)
class FirstAssignmentTest {
    private InputHarness harness;
    private Startup startup;

    @BeforeEach
    void start() throws Exception {
        harness = new InputHarness();
        startup = harness.health.startup();
        startup.reached(Startup.Stage.STARTED);
    }

    @AfterEach
    void stop() throws Exception {
        harness.close();
    }

    @ParameterizedTest(name = "of {0} partitions")
    @ValueSource(ints = {0, 1})
    void aBindingIsAwaitedUntilItsFirstAssignment(int partitions) throws Exception {
        InputHarness.await(harness.inputs.deploy(Inputs.with().binding()));
        harness.gate(true);
        FakeConsumer consumer = harness.consumer(0);
        assertThat(startup.missing()).containsExactly("input:orders");

        if (partitions == 0) {
            consumer.assignNothing();
        } else {
            consumer.assign(P0);
        }

        await().until(() -> startup.missing().isEmpty());
    }

    @Test
    void aBindingWithTwoTopicsIsAwaitedUntilBothAreAssigned() throws Exception {
        Inputs binding = Inputs.with();
        binding.topics = List.of("t", "u");
        InputHarness.await(harness.inputs.deploy(binding.binding()));
        harness.gate(true);

        harness.consumer(0).assign(P0);
        harness.consumer(1);

        await().during(Duration.ofMillis(100)).until(() -> !startup.missing().isEmpty());
    }

    @Test
    void aBindingThatIsTakenAwayIsNotAwaited() throws Exception {
        InputHarness.await(harness.inputs.deploy(Inputs.with().binding()));

        InputHarness.await(harness.inputs.undeploy("orders"));

        assertThat(startup.missing()).isEmpty();
    }
}
