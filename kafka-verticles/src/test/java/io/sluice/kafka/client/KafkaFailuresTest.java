package io.sluice.kafka.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.binding.AuthSettings;
import io.sluice.core.binding.AuthSettings.Tls;
import io.sluice.core.message.Failure;
import io.sluice.core.message.Reason;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.NetworkException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KafkaFailuresTest {
    private static final String OTHERS =
            "Failed to append record because it was part of a batch which had one more more invalid records";

    private final KafkaFailures failures = new KafkaFailures(
            new Cluster(List.of("b:9092"), new AuthSettings.None(new Tls(false, null, null, null, null, false)), "c"));

    @ParameterizedTest
    @MethodSource("table")
    void anExceptionMeans(Exception error, Reason reason, String detail) {
        assertThat(failures.of(error)).isEqualTo(new Failure(reason, detail));
    }

    static Stream<Arguments> table() {
        var gone = new UnknownTopicOrPartitionException("x");
        String goneText = "kafka server: Request was for a topic or partition that does not exist on this broker";
        return Stream.of(
                Arguments.of(
                        new BufferExhaustedException("x"),
                        Reason.OVERLOADED,
                        "the producer's buffer is full; try again"),
                Arguments.of(gone, Reason.INVALID_TOPIC, goneText),
                Arguments.of(new TimeoutException("no metadata", gone), Reason.INVALID_TOPIC, goneText),
                Arguments.of(
                        new InvalidTopicException("a b"),
                        Reason.INVALID_TOPIC,
                        "kafka server: The request attempted to perform an operation on an invalid topic"),
                Arguments.of(
                        new RecordTooLargeException("too large"), Reason.RECORD_TOO_LARGE, "kafka server: too large"),
                Arguments.of(
                        new SaslAuthenticationException("bad password"),
                        Reason.KAFKA_REFUSED,
                        "kafka at b:9092 refuses the login (bad password); look at authType"),
                Arguments.of(
                        new KafkaException("in an error state", new SaslAuthenticationException("bad password")),
                        Reason.KAFKA_REFUSED,
                        "kafka at b:9092 refuses the login (bad password); look at authType"),
                Arguments.of(
                        new TopicAuthorizationException("not yours"),
                        Reason.KAFKA_REFUSED,
                        "kafka at b:9092 denies access: not yours; look at publishTopic, or let this login write"
                                + " there"),
                Arguments.of(
                        new TimeoutException("Expiring 1 record(s)"),
                        Reason.KAFKA_UNAVAILABLE,
                        "kafka: Expiring 1 record(s)"),
                Arguments.of(new NetworkException("cut"), Reason.KAFKA_UNAVAILABLE, "kafka: cut"),
                Arguments.of(
                        new NotEnoughReplicasException("one only"), Reason.KAFKA_REFUSED, "kafka server: one only"),
                Arguments.of(new IllegalStateException("closed"), Reason.KAFKA_UNAVAILABLE, "kafka: closed"),
                Arguments.of(new NullPointerException(), Reason.KAFKA_UNAVAILABLE, "kafka: NullPointerException"));
    }

    @Test
    void aRecordIsRefusedForOthersOnlyWhenTheClientSaysSo() {
        assertThat(KafkaFailures.isOfOthersInBatch(new KafkaException(OTHERS))).isTrue();
        assertThat(KafkaFailures.isOfOthersInBatch(new RecordBatchTooLargeException("x")))
                .isTrue();
        // It may be stored: sent again it could be there twice.
        assertThat(KafkaFailures.isOfOthersInBatch(new KafkaException("Producer is closed forcefully.")))
                .isFalse();
        assertThat(KafkaFailures.isOfOthersInBatch(new InvalidRecordException("no key")))
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("states")
    void anErrorLeavesTheProducerUsableOrNot(Exception error, boolean fatal) {
        assertThat(KafkaFailures.isFatal(error)).isEqualTo(fatal);
    }

    static Stream<Arguments> states() {
        return Stream.of(
                Arguments.of(new ProducerFencedException("x"), true),
                Arguments.of(new ClusterAuthorizationException("x"), true),
                Arguments.of(new SaslAuthenticationException("x"), true),
                Arguments.of(new KafkaException("in an error state", new ProducerFencedException("x")), true),
                Arguments.of(new KafkaException("Producer is closed forcefully."), false),
                Arguments.of(new KafkaException(OTHERS), false),
                Arguments.of(
                        new IllegalStateException("Cannot perform operation after producer has been closed"), true),
                Arguments.of(new OutOfOrderSequenceException("x"), false),
                Arguments.of(new TopicAuthorizationException("x"), false),
                Arguments.of(new TimeoutException("x"), false));
    }
}
