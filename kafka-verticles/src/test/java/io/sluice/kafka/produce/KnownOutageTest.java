package io.sluice.kafka.produce;

import static io.sluice.kafka.produce.OutputHarness.create;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.core.binding.ProducerSettings.Compression;
import io.sluice.core.message.Failure;
import io.sluice.core.message.InvokeOutcome.Stored;
import io.sluice.core.message.Reason;
import io.sluice.kafka.produce.OutputHarness.Answer;
import java.time.Duration;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the bindings of a cluster know of its outage, long before the cluster is asked in its turn. */
@Timeout(30)
class KnownOutageTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Failure KNOWN = new Failure(
            Reason.KAFKA_UNAVAILABLE,
            "kafka: client has run out of available brokers to talk to: b1:9092,b2:9092: Timed out");

    private OutputHarness harness;

    @BeforeEach
    void start() throws Exception {
        harness = new OutputHarness(LONG);
        harness.kafka.connections = 1.0;
        deploy("orders", Compression.NONE);
        deploy("payments", Compression.GZIP);
    }

    @AfterEach
    void stop() throws Exception {
        harness.close();
    }

    @Test
    void whatTheProducerOfOneBindingMeetsAllBindingsOfTheClusterKnow() throws Exception {
        assertThat(harness.kafka.producers).hasSize(2);
        harness.kafka.clusterError = new TimeoutException("Timed out");
        harness.kafka.producers.forEach(producer -> producer.connections = 0.0);

        await().until(() -> isRefused("orders"));
        await().until(() -> !isReady("payments"));
        harness.call("payments", 2, create("2"));

        assertThat(answerTo(2).failure()).isEqualTo(KNOWN);
    }

    @Test
    void aProducerThatIsAloneInItsTroubleCostsOthersNothing() throws Exception {
        harness.kafka.producers.get(0).connections = 0.0;
        int asked = harness.kafka.asked.get();

        await().until(() -> {
            harness.call("orders", 1, create("1"));
            return harness.kafka.asked.get() > asked;
        });
        harness.call("payments", 2, create("2"));
        harness.kafka.producers.get(1).nextSent().acknowledge(0, 2);

        assertThat(answerTo(2).outcome()).isInstanceOf(Stored.class);
        assertThat(isReady("payments")).isTrue();
    }

    /** With a producer for each compression. Their own patience is not what lets callers know. */
    private void deploy(String name, Compression compression) throws Exception {
        Bindings bindings = Bindings.with();
        bindings.name = name;
        bindings.compression = compression;
        bindings.metadataTimeout = LONG;
        harness.deploy(bindings);
        await().until(() -> isReady(name));
    }

    private boolean isReady(String name) {
        return harness.health.targets().get("kafka:" + name).ready();
    }

    /** Makes a call; whether one has been refused. */
    private boolean isRefused(String name) {
        harness.call(name, 1, create("1"));
        return !harness.unreadAnswers().isEmpty();
    }

    private Answer answerTo(long id) throws Exception {
        Answer answer = harness.nextAnswer();
        while (answer.id() != id) {
            answer = harness.nextAnswer();
        }
        return answer;
    }
}
