package io.sluice.core.component.kafka;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;

/** The defaults of the seed document, then Dapr's, then Sluice's own. */
class DefaultsTest {
    private static final Duration HALF_MINUTE = Duration.ofSeconds(30);

    private final Reading smallest = Reading.of();

    @Test
    void theSmallestComponentIsCorrect() {
        assertThat(smallest.errors()).isEmpty();
        assertThat(smallest.binding().route()).isEqualTo("orders");
        assertThat(smallest.binding().direction()).isEmpty();
        assertThat(smallest.binding().topics()).containsExactly("t");
        assertThat(smallest.binding().publishTopic()).isNull();
    }

    @Test
    void connection() {
        assertThat(smallest.binding().connection())
                .isEqualTo(new ConnectionSettings(
                        List.of("localhost:9092"),
                        "sarama",
                        new KafkaVersion(2, 0, 0, 0),
                        Duration.ofMinutes(9),
                        Duration.ZERO,
                        HALF_MINUTE,
                        HALF_MINUTE,
                        HALF_MINUTE,
                        Duration.ZERO));
    }

    @Test
    void auth() {
        assertThat(smallest.binding().auth()).isEqualTo(new AuthSettings.None(TlsFields.OFF));
    }

    @Test
    void producer() {
        assertThat(smallest.binding().producer())
                .isEqualTo(new ProducerSettings(
                        1024,
                        RequiredAcks.ALL,
                        5,
                        Compression.NONE,
                        Partitioner.FNV1A,
                        null,
                        null,
                        Idempotence.IF_ALLOWED,
                        null));
    }

    @Test
    void consumer() {
        var backOff = new BackOff(
                BackOff.Policy.CONSTANT,
                Duration.ofSeconds(5),
                Duration.ofMillis(500),
                0.5,
                1.5,
                Duration.ofSeconds(60),
                Duration.ofMinutes(15),
                -1);

        assertThat(smallest.binding().consumer())
                .isEqualTo(new ConsumerSettings(
                        "app1",
                        InitialOffset.NEWEST,
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(10),
                        1_048_576,
                        1,
                        256,
                        RebalanceStrategy.RANGE,
                        IsolationLevel.READ_UNCOMMITTED,
                        null,
                        GroupProtocol.CLASSIC,
                        false,
                        Duration.ofMillis(100),
                        backOff));
    }

    @Test
    void delivery() {
        assertThat(smallest.binding().delivery())
                .isEqualTo(new DeliverySettings(
                        Ordering.PARTITION,
                        1,
                        FailurePolicy.SKIP,
                        null,
                        Duration.ZERO,
                        Target.APP,
                        false,
                        false,
                        null));
    }

    @Test
    void schema() {
        assertThat(smallest.binding().schema())
                .isEqualTo(new SchemaSettings(null, true, Duration.ofMinutes(5), false, ValueSchemaType.NONE));
    }
}
