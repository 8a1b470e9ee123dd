package io.sluice.kafka.client;

import io.sluice.core.message.Failure;
import io.sluice.core.message.Reason;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.NetworkException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnreleasedInstanceIdException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;

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

    private static final String OTHERS_IN_BATCH = "Failed to append record because it was part of a batch";

    private static final String UNKNOWN_TOPIC =
            "kafka server: Request was for a topic or partition that does not exist on this broker";
    private static final String INVALID_TOPIC =
            "kafka server: The request attempted to perform an operation on an invalid topic";

    private final String brokers;
    private final LoginFailures logins;
    private final List<Row> table;

    private record Row(Class<? extends Exception> type, Reason reason, Function<Throwable, String> text) {}

    /** For a cluster and its consumers. */
    public KafkaFailures(Cluster cluster) {
        this(cluster, "publishTopic", null);
    }

    /**
     * @param topicField the field that names the topic which is written to
     * @param topic that topic; null when no text is to name it
     */
    public KafkaFailures(Cluster cluster, String topicField, @Nullable String topic) {
        String which = topic == null ? "" : "; topic \"" + topic + "\", see " + topicField;
        this.brokers = cluster.address();
        this.logins = new LoginFailures(cluster);
        // The first row that fits decides: a type stands above what it extends.
        this.table = List.of(
                row(BufferExhaustedException.class, Reason.OVERLOADED, "the producer's buffer is full; try again"),
                row(UnknownTopicOrPartitionException.class, Reason.INVALID_TOPIC, UNKNOWN_TOPIC + which),
                row(InvalidTopicException.class, Reason.INVALID_TOPIC, INVALID_TOPIC + which),
                said(RecordTooLargeException.class, Reason.RECORD_TOO_LARGE, "kafka server: "),
                new Row(
                        ClusterAuthorizationException.class,
                        Reason.KAFKA_REFUSED,
                        error -> denied(error, "idempotence", "write idempotently")),
                new Row(
                        AuthorizationException.class,
                        Reason.KAFKA_REFUSED,
                        error -> denied(error, topicField, "write there")),
                said(TimeoutException.class, Reason.KAFKA_UNAVAILABLE, "kafka: "),
                said(NetworkException.class, Reason.KAFKA_UNAVAILABLE, "kafka: "),
                said(DisconnectException.class, Reason.KAFKA_UNAVAILABLE, "kafka: "),
                said(ApiException.class, Reason.KAFKA_REFUSED, "kafka server: "));
    }

    /** The failure of a call whose record met {@code error}. */
    public Failure of(Throwable error) {
        String login = logins.of(error);
        if (login != null) {
            return new Failure(Reason.KAFKA_REFUSED, login);
        }
        Throwable decisive = decisive(error);
        for (Row row : table) {
            if (row.type.isInstance(decisive)) {
                return new Failure(row.reason, row.text.apply(decisive));
            }
        }
        return new Failure(Reason.KAFKA_UNAVAILABLE, "kafka: " + message(decisive));
    }

    /** The failure of a call while the cluster is of no use. */
    public Failure of(Obstacle obstacle) {
        return obstacle.turnedAway()
                ? new Failure(Reason.KAFKA_REFUSED, obstacle.text())
                : new Failure(
                        Reason.KAFKA_UNAVAILABLE,
                        "kafka: client has run out of available brokers to talk to: " + brokers + ": "
                                + obstacle.text());
    }

    /** What keeps us from the cluster when a client of it met {@code error}, or could not even be opened. */
    public Obstacle obstacle(Throwable error) {
        String login = logins.of(error);
        if (login != null) {
            return new Obstacle(brokers, true, login);
        }
        return isSetUp(error)
                ? new Obstacle(brokers, true, "kafka at " + brokers + " cannot be connected to: " + message(error))
                : new Obstacle(brokers, false, message(error));
    }

    /** Why the consumer of {@code topic} failed, as a whole message. */
    public String consumer(String topic, Throwable error) {
        String login = logins.of(error);
        if (login != null) {
            return login;
        }
        String failed = "the consumer of " + topic + " failed: ";
        if (error instanceof GroupAuthorizationException) {
            return failed + denied(error, "consumerGroup", "read with this group");
        }
        if (isTakenInstance(error)) {
            return failed
                    + "another member of the group has the same groupInstanceId; give each gateway its own, for example"
                    + " with its host's name in it. This one stays out of the group until the other has left";
        }
        return failed + (error instanceof AuthorizationException ? denied(error, "topics", "read it") : message(error));
    }

    /** Whether a consumer is out of its group because another one has its {@code groupInstanceId}. */
    public static boolean isTakenInstance(Throwable error) {
        return error instanceof FencedInstanceIdException || error instanceof UnreleasedInstanceIdException;
    }

    private String denied(Throwable error, String field, String permission) {
        // Some of Kafka's sentences end with a full stop.
        return "kafka at " + brokers + " denies access: " + message(error).replaceFirst("\\.$", "") + "; look at "
                + field + ", or let this login " + permission;
    }

    /** The failure of a call without a topic. */
    public static Failure noTopic() {
        return new Failure(Reason.INVALID_TOPIC, INVALID_TOPIC);
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
                // Nobody knows how far it came; it may not be whole any more.
                || error instanceof Error
                // Not a subclass: this is how send() reports a fatal state, and what led to it. Without a cause it says
                // nothing of the producer; if that is broken, the next record will hear of it.
                || error.getClass().equals(KafkaException.class) && error.getCause() != null
                || FATAL.stream().anyMatch(type -> type.isInstance(error));
    }

    /**
     * Whether a record was refused only because of others in its batch, so that it is not stored and may well be taken
     * when it is sent again.
     *
     * <p>A broker that finds fault with some records takes none of their batch, and names all that are at fault: these get
     * a type of their own from the client, and the others a text.
     */
    public static boolean isOfOthersInBatch(Throwable error) {
        return error instanceof RecordBatchTooLargeException
                || error.getClass().equals(KafkaException.class)
                        && error.getCause() == null
                        && String.valueOf(error.getMessage()).startsWith(OTHERS_IN_BATCH);
    }

    /** Whether the brokers let this login write, but not idempotently; nothing of the record is stored. */
    public static boolean isIdempotenceDenied(Throwable error) {
        return isCausedBy(error, ClusterAuthorizationException.class);
    }

    /**
     * Whether {@code send} did not even take the record because it does not know the topic, or that partition of it. For
     * errors that {@code send} reports before it returns.
     */
    public static boolean isUnknownToSend(Throwable error) {
        return error instanceof TimeoutException && !(error instanceof BufferExhaustedException);
    }

    /** Whether opening a client failed for another reason than names that cannot be resolved: certificates, tokens. */
    private static boolean isSetUp(Throwable error) {
        return error instanceof IllegalArgumentException
                || error.getClass().equals(KafkaException.class) && !isCausedBy(error, ConfigException.class);
    }

    /** Whether it is about who we are, as {@link #of} says at length. */
    public static boolean isFailedLogin(Throwable error) {
        return isCausedBy(error, AuthenticationException.class);
    }

    static boolean isCausedBy(Throwable error, Class<? extends Exception> type) {
        Throwable cause = error;
        while (cause != null && !type.isInstance(cause)) {
            cause = cause.getCause();
        }
        return cause != null;
    }

    /** What an operator should read of {@code error}: the innermost text. */
    public static String message(Throwable error) {
        Throwable innermost = error;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        if (innermost instanceof Error) {
            // Their messages are names of classes and numbers of bytes.
            return innermost.toString();
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

    private static Row row(Class<? extends Exception> type, Reason reason, String text) {
        return new Row(type, reason, error -> text);
    }

    private static Row said(Class<? extends Exception> type, Reason reason, String prefix) {
        return new Row(type, reason, error -> prefix + message(error));
    }
}
