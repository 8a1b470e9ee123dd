package io.sluice.kafka.client;

import io.sluice.core.message.Failure;
import io.sluice.core.message.Reason;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.NetworkException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/**
 * What the exceptions of Kafka's clients mean to callers: the only table from an exception to a {@link Reason}.
 *
 * <p>Texts are those of the Go client sarama where Dapr's callers know them, and Kafka's own otherwise. Safe for use from
 * any thread.
 */
public final class KafkaFailures {
    private static final List<Class<? extends Exception>> FATAL = List.of(
            ProducerFencedException.class,
            ClusterAuthorizationException.class,
            AuthenticationException.class,
            UnsupportedVersionException.class,
            InvalidPidMappingException.class);

    private final String brokers;
    private final List<Row> table;

    private record Row(Class<? extends Exception> type, Reason reason, Function<Throwable, String> text) {}

    /** @param brokers as the binding names them */
    public KafkaFailures(String brokers) {
        this.brokers = brokers;
        // The first row that fits decides: a type stands above what it extends.
        this.table = List.of(
                row(BufferExhaustedException.class, Reason.OVERLOADED, "the producer's buffer is full; try again"),
                row(UnknownTopicOrPartitionException.class, unknownTopic()),
                row(InvalidTopicException.class, invalidTopic()),
                said(RecordTooLargeException.class, Reason.RECORD_TOO_LARGE, "kafka server: "),
                said(
                        AuthenticationException.class,
                        Reason.KAFKA_REFUSED,
                        "kafka at " + brokers + " refuses the login: "),
                said(AuthorizationException.class, Reason.KAFKA_REFUSED, "kafka at " + brokers + " denies access: "),
                said(TimeoutException.class, Reason.KAFKA_UNAVAILABLE, "kafka: "),
                said(NetworkException.class, Reason.KAFKA_UNAVAILABLE, "kafka: "),
                said(DisconnectException.class, Reason.KAFKA_UNAVAILABLE, "kafka: "),
                said(ApiException.class, Reason.KAFKA_REFUSED, "kafka server: "));
    }

    /** The failure of a call whose record met {@code error}. */
    public Failure of(Throwable error) {
        Throwable decisive = decisive(error);
        for (Row row : table) {
            if (row.type.isInstance(decisive)) {
                return new Failure(row.reason, row.text.apply(decisive));
            }
        }
        return new Failure(Reason.KAFKA_UNAVAILABLE, "kafka: " + message(decisive));
    }

    /** The failure of a call while no broker answers. */
    public Failure unreachable(String why) {
        return new Failure(
                Reason.KAFKA_UNAVAILABLE,
                "kafka: client has run out of available brokers to talk to: " + brokers + ": " + why);
    }

    /** The failure of a call whose topic the cluster does not have. */
    public static Failure unknownTopic() {
        return new Failure(
                Reason.INVALID_TOPIC,
                "kafka server: Request was for a topic or partition that does not exist on this broker");
    }

    /** The failure of a call without a topic, or with one whose name Kafka does not accept. */
    public static Failure invalidTopic() {
        return new Failure(
                Reason.INVALID_TOPIC,
                "kafka server: The request attempted to perform an operation on an invalid topic");
    }

    /**
     * Whether a producer that reported {@code error} will fail with every record from here on.
     *
     * <p>Those are the fatal states of Kafka's {@code TransactionManager}, which an idempotent producer has too, and a
     * closed producer. A failed login is one of them: it fails the request for a producer id for good. An
     * {@code OutOfOrderSequenceException} is none: a producer without transactions takes a new epoch by itself.
     */
    public static boolean isFatal(Throwable error) {
        return error instanceof IllegalStateException
                // Not a subclass: this is how send() reports a fatal state or that the producer was closed.
                || error.getClass().equals(KafkaException.class)
                || FATAL.stream().anyMatch(type -> type.isInstance(error));
    }

    /** What an operator should read of {@code error}: the innermost text. */
    public static String message(Throwable error) {
        Throwable innermost = error;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String text = innermost.getMessage();
        return text == null || text.isBlank() ? innermost.getClass().getSimpleName() : text;
    }

    /** The answer of a broker that a time-out or a fatal state carries as its cause, else {@code error} itself. */
    private static Throwable decisive(Throwable error) {
        Throwable cause = error.getCause();
        boolean carrier = error instanceof TimeoutException || !(error instanceof ApiException);
        return carrier && cause instanceof ApiException ? cause : error;
    }

    private static Row row(Class<? extends Exception> type, Failure failure) {
        return row(type, failure.reason(), failure.detail());
    }

    private static Row row(Class<? extends Exception> type, Reason reason, String text) {
        return new Row(type, reason, error -> text);
    }

    private static Row said(Class<? extends Exception> type, Reason reason, String prefix) {
        return new Row(type, reason, error -> prefix + message(error));
    }
}
