package io.sluice.kafka.produce;

import static io.sluice.kafka.produce.OutputHarness.create;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.core.message.Reason;
import io.sluice.kafka.produce.OutputHarness.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An {@code Error} has ended the thread of a producer, which Kafka's client does not tell anybody. */
@Timeout(30)
class EndedProducerTest {
    /** Of the calls that show that the gateway has noticed; others have lower ones. */
    private static final long LATER = 100;

    private OutputHarness harness;
    private FakeProducer first;

    @BeforeEach
    void start() throws Exception {
        harness = new OutputHarness();
        harness.kafka.connections = 1.0;
        harness.deploy(Bindings.with());
        first = harness.producer();
    }

    @AfterEach
    void stop() throws Exception {
        harness.close();
    }

    @Test
    void whatWasHandedToItIsAnsweredAndTheNextOneTakesWhatComes() throws Exception {
        harness.call("orders", 1, create("1"), create("2"));
        first.nextSent();
        first.nextSent();

        first.ended = true;
        awaitSecond("orders");

        await().untilAsserted(() -> assertThat(harness.unreadAnswers())
                .filteredOn(answer -> answer.id() < LATER)
                .hasSize(2)
                .extracting(Answer::failure)
                .allMatch(failure -> failure.reason() == Reason.KAFKA_UNAVAILABLE)
                .allMatch(failure -> failure.detail().contains("network thread has ended")));
        assertThat(first.closed).isCompleted();
        harness.producer().oblige();
        await().until(() -> bytesInFlight() == 0);
    }

    @Test
    void soIsWhatAnotherBindingHandedToItWhenThatHasNoticedFirst() throws Exception {
        Bindings others = Bindings.with();
        others.name = "payments";
        harness.deploy(others);
        assertThat(harness.kafka.producers).hasSize(1);
        harness.call("payments", 1, create("1"));
        first.nextSent();

        first.ended = true;
        awaitSecond("orders");
        harness.producer().oblige();
        harness.call("payments", 2, create("2"));

        await().untilAsserted(() -> {
            harness.call("payments", LATER, create("later"));
            assertThat(harness.unreadAnswers()).extracting(Answer::id).contains(1L, 2L);
        });
    }

    /** Calls until a call reaches another producer. */
    private void awaitSecond(String binding) {
        await().until(() -> {
            harness.call(binding, LATER, create("later"));
            return harness.kafka.producers.size() == 2
                    && !harness.producer().sent.isEmpty();
        });
    }

    private double bytesInFlight() {
        return harness.meters.get("sluice_output_bytes_in_flight").gauge().value();
    }
}
