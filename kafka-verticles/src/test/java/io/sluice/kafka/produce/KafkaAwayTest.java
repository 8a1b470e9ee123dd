package io.sluice.kafka.produce;

import static io.sluice.kafka.produce.OutputHarness.await;
import static io.sluice.kafka.produce.OutputHarness.create;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.core.health.Health.Status;
import io.sluice.core.message.Failure;
import io.sluice.core.message.Reason;
import io.sluice.kafka.produce.FakeProducer.Sent;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class KafkaAwayTest {
    private static final TimeoutException NO_METADATA =
            new TimeoutException("Topic orders-topic not present in metadata after 0 ms.");
    private static final String NO_BROKERS =
            "kafka: client has run out of available brokers to talk to: b1:9092,b2:9092: ";

    private OutputHarness harness;
    private final Bindings bindings = Bindings.with();

    @BeforeEach
    void start() throws Exception {
        harness = new OutputHarness();
        bindings.initTimeout = Duration.ofMillis(50);
    }

    @AfterEach
    void stop() throws Exception {
        harness.close();
    }

    @Test
    void aCallWaitsForTheTopicAndGoesOnByItself() throws Exception {
        harness.kafka.metadataError = NO_METADATA;
        harness.deploy(bindings);
        harness.call("orders", 1, create("1"));
        assertThat(harness.producer().sent).isEmpty();

        harness.producer().metadataError = null;
        harness.producer().nextSent().acknowledge(0, 1);

        assertThat(harness.nextAnswer().id()).isEqualTo(1);
        await().until(() -> harness.health.targets().get("kafka:orders").ready());
    }

    @Test
    void whenItTakesTooLongCallsAreRefusedUntilTheTopicIsKnown() throws Exception {
        bindings.metadataTimeout = Duration.ofMillis(200);
        harness.kafka.metadataError = NO_METADATA;
        harness.deploy(bindings);
        harness.call("orders", 1, create("1"));

        var expected = new Failure(Reason.KAFKA_UNAVAILABLE, NO_BROKERS + "no broker has answered yet");
        assertThat(harness.nextAnswer().failure()).isEqualTo(expected);
        harness.call("orders", 2, create("2"));
        assertThat(harness.nextAnswer().failure()).isEqualTo(expected);
        harness.producer().metadataError = null;
        await().until(() -> harness.health.targets().get("kafka:orders").ready());
        harness.call("orders", 3, create("3"));
        harness.producer().nextSent().acknowledge(0, 3);

        assertThat(harness.nextAnswer().id()).isEqualTo(3);
        assertThat(harness.producer().sent).isEmpty();
    }

    @Test
    void aTopicThatTheClusterDoesNotHaveIsSaidSo() throws Exception {
        bindings.metadataTimeout = Duration.ofMillis(200);
        harness.kafka.metadataError =
                new TimeoutException("Topic orders-topic not present", new UnknownTopicOrPartitionException("x"));
        harness.deploy(bindings);

        harness.call("orders", 1, create("1"));

        assertThat(harness.nextAnswer().failure())
                .isEqualTo(new Failure(
                        Reason.INVALID_TOPIC,
                        "kafka server: Request was for a topic or partition that does not exist on this broker; topic"
                                + " \"orders-topic\", see publishTopic"));
        await().until(() -> harness.health
                .targets()
                .get("kafka:orders")
                .detail()
                .contains("topic or partition that does not exist"));
    }

    @Test
    void aProducerThatCannotBeOpenedIsTriedAgain() throws Exception {
        bindings.metadataTimeout = Duration.ofMillis(200);
        harness.kafka.openError = new KafkaException("Failed to construct", new ConfigException("No resolvable urls"));
        harness.deploy(bindings);
        harness.call("orders", 1, create("1"));
        assertThat(harness.nextAnswer().failure())
                .isEqualTo(new Failure(Reason.KAFKA_UNAVAILABLE, NO_BROKERS + "No resolvable urls"));

        harness.kafka.openError = null;

        await().until(() -> harness.health.targets().get("kafka:orders").ready());
    }

    @Test
    void aDeniedLoginIsSaidSoAndLeadsToANewProducer() throws Exception {
        bindings.metadataTimeout = Duration.ofMillis(300);
        harness.kafka.metadataError = new SaslAuthenticationException("bad password");
        harness.deploy(bindings);

        harness.call("orders", 1, create("1"));

        assertThat(harness.nextAnswer().failure())
                .isEqualTo(new Failure(
                        Reason.KAFKA_REFUSED,
                        "kafka at b1:9092,b2:9092 refuses the login (bad password); look at authType"));
        assertThat(harness.kafka.producers).hasSize(2);
    }

    @Test
    void aProducerWhoseLoginFailedGetsNoRecordsWhenItWorksAgain() throws Exception {
        bindings.metadataTimeout = Duration.ofMillis(300);
        harness.kafka.metadataError = new SaslAuthenticationException("bad password");
        harness.deploy(bindings);
        harness.call("orders", 1, create("1"));
        harness.nextAnswer();
        assertThat(harness.kafka.producers).hasSize(2);

        harness.kafka.metadataError = null;
        harness.kafka.producers.forEach(producer -> producer.metadataError = null);
        await().until(() -> harness.health.targets().get("kafka:orders").ready());
        harness.call("orders", 2, create("2"));
        harness.kafka.producers.get(2).nextSent().acknowledge(0, 2);

        assertThat(harness.nextAnswer().id()).isEqualTo(2);
    }

    @Test
    void aStartWithoutKafkaSucceedsAndHealthSaysWhatIsMissing() throws Exception {
        harness.kafka.metadataError = NO_METADATA;
        harness.kafka.clusterError = new TimeoutException("Timed out waiting for a node assignment");

        harness.deploy(bindings);

        await().untilAsserted(() -> {
            Status status = harness.health.targets().get("kafka:orders");
            assertThat(status.ready()).isFalse();
            assertThat(status.outbound()).isTrue();
            assertThat(status.detail())
                    .isEqualTo("kafka at b1:9092,b2:9092 cannot be reached: Timed out waiting for a node assignment");
        });
    }

    @Test
    void aRecordThatCannotBeSentNowIsKeptAndItsCallerHearsThatKafkaCannotBeReached() throws Exception {
        bindings.metadataTimeout = Duration.ofMillis(300);
        harness.kafka.connections = 1.0;
        harness.deploy(bindings);
        await().until(() -> harness.health.targets().get("kafka:orders").ready());
        FakeProducer producer = harness.producer();
        producer.connections = 0.0;

        await().until(() -> isKept(producer));
        assertThat(harness.nextAnswer().failure())
                .isEqualTo(new Failure(Reason.KAFKA_UNAVAILABLE, NO_BROKERS + "no connection to any broker"));

        producer.connections = 1.0;
        await().until(() -> harness.health.targets().get("kafka:orders").ready());
        harness.call("orders", 9, create("9"));
        producer.nextSent().acknowledge(0, 9);
        assertThat(harness.nextAnswer().id()).isEqualTo(9);
    }

    /** Makes a call; whether its record stays with us. */
    private boolean isKept(FakeProducer producer) throws Exception {
        harness.call("orders", 1, create("1"));
        Sent sent = producer.sent.poll(100, TimeUnit.MILLISECONDS);
        if (sent == null) {
            return true;
        }
        sent.acknowledge(0, 1);
        harness.nextAnswer();
        return false;
    }

    @Test
    void whatWaitsForACallerWhoIsGoneIsNotSent() throws Exception {
        harness.kafka.metadataError = NO_METADATA;
        harness.deploy(bindings);
        harness.call("orders", 1, create("1"), create("2"));

        harness.withdraw("orders", 1);
        assertThat(harness.nextAnswer().failure().detail()).isEqualTo("the caller is gone");
        harness.producer().metadataError = null;

        Sent sent = harness.producer().nextSent();
        sent.acknowledge(0, 2);
        assertThat(sent.record().value()).asString().isEqualTo("2");
        assertThat(harness.nextAnswer().id()).isEqualTo(2);
        assertThat(harness.producer().sent).isEmpty();
    }

    @Test
    void aTopicThatIsDeletedLaterIsNamed() throws Exception {
        bindings.metadataTimeout = Duration.ofMillis(200);
        harness.deploy(bindings);
        harness.producer().metadataError =
                new TimeoutException("Topic orders-topic not present", new UnknownTopicOrPartitionException("x"));

        harness.call("orders", 1, create("1"));

        assertThat(harness.nextAnswer().failure().detail()).contains("topic \"orders-topic\", see publishTopic");
    }

    @Test
    void aRecordForATopicThatTheProducerHasForgottenWaitsForIt() throws Exception {
        harness.deploy(bindings);
        harness.producer().metadataError = NO_METADATA;
        harness.call("orders", 1, create("1"));

        harness.producer().metadataError = null;

        harness.producer().nextSent().acknowledge(0, 1);
        assertThat(harness.nextAnswer().id()).isEqualTo(1);
    }

    @Test
    void aFailedProbeStopsNoRecord() throws Exception {
        harness.kafka.clusterError = new TimeoutException("Timed out");
        harness.deploy(bindings);
        await().until(() -> !harness.health.targets().get("kafka:orders").ready());

        harness.call("orders", 1, create("1"));
        harness.producer().nextSent().acknowledge(0, 1);

        assertThat(harness.nextAnswer().id()).isEqualTo(1);
    }

    @Test
    void closingRefusesWhatStillWaits() throws Exception {
        harness.kafka.metadataError = NO_METADATA;
        harness.deploy(bindings);
        harness.call("orders", 1, create("1"));

        await(harness.outputs.close());

        assertThat(harness.nextAnswer().failure()).isEqualTo(new Failure(Reason.CLOSED, "component is closed"));
    }
}
