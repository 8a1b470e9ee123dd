package io.sluice.kafka.consume;

import io.sluice.core.binding.AuthSettings;
import io.sluice.core.binding.BackOff;
import io.sluice.core.binding.ConnectionSettings;
import io.sluice.core.binding.ConsumerSettings;
import io.sluice.core.binding.ConsumerSettings.GroupProtocol;
import io.sluice.core.binding.ConsumerSettings.InitialOffset;
import io.sluice.core.binding.ConsumerSettings.IsolationLevel;
import io.sluice.core.binding.ConsumerSettings.RebalanceStrategy;
import io.sluice.core.binding.DeliverySettings;
import io.sluice.core.binding.DeliverySettings.FailurePolicy;
import io.sluice.core.binding.DeliverySettings.Ordering;
import io.sluice.core.binding.DeliverySettings.Target;
import io.sluice.core.binding.Direction;
import io.sluice.core.binding.HeaderNames;
import io.sluice.core.binding.KafkaBinding;
import io.sluice.core.binding.KafkaVersion;
import io.sluice.core.binding.ProducerSettings;
import io.sluice.core.binding.ProducerSettings.Compression;
import io.sluice.core.binding.ProducerSettings.Idempotence;
import io.sluice.core.binding.ProducerSettings.Partitioner;
import io.sluice.core.binding.ProducerSettings.RequiredAcks;
import io.sluice.core.binding.SchemaSettings;
import io.sluice.core.binding.SchemaSettings.ValueSchemaType;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Input bindings for tests: the defaults of a component file, and what a test says otherwise. */
public final class Inputs {
    public List<String> topics = List.of("t");
    public InitialOffset initialOffset = InitialOffset.OLDEST;
    public RebalanceStrategy strategy = RebalanceStrategy.RANGE;
    public IsolationLevel isolation = IsolationLevel.READ_UNCOMMITTED;
    public GroupProtocol protocol = GroupProtocol.CLASSIC;
    public String instanceId;
    public int channelBufferSize = 256;
    public int fetchDefault = 1_048_576;
    public boolean retryEnabled;
    public long maxRetries = -1;
    public Duration metadataRefresh = Duration.ofMinutes(9);
    public Duration keepAlive = Duration.ZERO;
    public Duration heartbeat = Duration.ofSeconds(3);
    public Duration deliveryTimeout = Duration.ZERO;
    public Ordering ordering = Ordering.PARTITION;
    public int maxInFlight = 1;
    public FailurePolicy failurePolicy = FailurePolicy.SKIP;
    public String deadLetterTopic;
    public Target target = Target.APP;
    public HeaderNames excluded;
    public SchemaSettings schema = new SchemaSettings(null, true, Duration.ofMinutes(5), false, ValueSchemaType.NONE);

    public static Inputs with() {
        return new Inputs();
    }

    public KafkaBinding binding() {
        var tls = new AuthSettings.Tls(false, null, null, null, null, false);
        return new KafkaBinding(
                "orders",
                "v1",
                Set.of(Direction.INPUT),
                topics,
                null,
                "orders",
                Duration.ofSeconds(5),
                false,
                connection(),
                new AuthSettings.None(tls),
                new ProducerSettings(
                        1024,
                        RequiredAcks.LOCAL,
                        5,
                        Compression.NONE,
                        Partitioner.FNV1A,
                        null,
                        null,
                        Idempotence.IF_ALLOWED,
                        null),
                consumer(),
                new DeliverySettings(
                        ordering,
                        maxInFlight,
                        failurePolicy,
                        deadLetterTopic,
                        deliveryTimeout,
                        target,
                        false,
                        false,
                        excluded),
                schema);
    }

    private ConnectionSettings connection() {
        Duration limit = Duration.ofSeconds(30);
        return new ConnectionSettings(
                List.of("b1:9092", "b2:9092"),
                "sarama",
                KafkaVersion.parse("2.0.0").orElseThrow(),
                metadataRefresh,
                keepAlive,
                limit,
                limit,
                limit,
                Duration.ZERO);
    }

    private ConsumerSettings consumer() {
        Duration pause = Duration.ofMillis(5);
        return new ConsumerSettings(
                "group",
                initialOffset,
                heartbeat,
                Duration.ofSeconds(10),
                fetchDefault,
                1,
                channelBufferSize,
                strategy,
                isolation,
                instanceId,
                protocol,
                retryEnabled,
                Duration.ofMillis(100),
                new BackOff(BackOff.Policy.CONSTANT, pause, pause, 0.5, 1.5, pause, Duration.ZERO, maxRetries));
    }
}
