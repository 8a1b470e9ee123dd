package io.sluice.kafka.produce;

import com.google.re2j.Pattern;
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
import io.sluice.core.binding.Direction;
import io.sluice.core.binding.KafkaBinding;
import io.sluice.core.binding.KafkaVersion;
import io.sluice.core.binding.ProducerSettings;
import io.sluice.core.binding.ProducerSettings.Compression;
import io.sluice.core.binding.ProducerSettings.Idempotence;
import io.sluice.core.binding.ProducerSettings.Partitioner;
import io.sluice.core.binding.ProducerSettings.RequiredAcks;
import io.sluice.core.binding.SchemaSettings;
import io.sluice.core.binding.SchemaSettings.Anonymous;
import io.sluice.core.binding.SchemaSettings.Registry;
import io.sluice.core.binding.SchemaSettings.ValueSchemaType;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Bindings for tests: the defaults of a component file, and what a test says otherwise. */
final class Bindings {
    String name = "orders";
    String topic = "orders-topic";
    List<String> brokers = List.of("b1:9092", "b2:9092");
    String version = "2.0.0";
    Duration metadataRefresh = Duration.ofMinutes(9);
    Duration keepAlive = Duration.ZERO;
    Duration dialTimeout = Duration.ofSeconds(30);
    Duration readTimeout = Duration.ofSeconds(30);
    Duration writeTimeout = Duration.ofSeconds(30);
    Duration metadataTimeout = Duration.ZERO;
    Duration initTimeout = Duration.ofSeconds(5);
    int maxMessageBytes = 1024;
    RequiredAcks acks = RequiredAcks.ALL;
    int retryMax = 5;
    Compression compression = Compression.NONE;
    Partitioner partitioner = Partitioner.FNV1A;
    Duration linger;
    Integer batchSize;
    Idempotence idempotence = Idempotence.IF_ALLOWED;
    String excludeHeaders;
    List<URI> registry = List.of();
    boolean caching = true;
    ValueSchemaType schemaType = ValueSchemaType.NONE;

    static Bindings with() {
        return new Bindings();
    }

    KafkaBinding binding() {
        var tls = new AuthSettings.Tls(false, null, null, null, null, false);
        return new KafkaBinding(
                name,
                "v1",
                Set.of(Direction.OUTPUT),
                List.of(),
                topic,
                name,
                initTimeout,
                false,
                connection(),
                new AuthSettings.None(tls),
                producer(),
                consumer(),
                new DeliverySettings(
                        Ordering.PARTITION,
                        1,
                        FailurePolicy.SKIP,
                        null,
                        Duration.ofSeconds(60),
                        null,
                        false,
                        false,
                        null),
                schema());
    }

    private SchemaSettings schema() {
        var where = registry.isEmpty()
                ? null
                : new Registry(registry, new Anonymous(), new SchemaSettings.Tls(null, null, null));
        return new SchemaSettings(where, caching, Duration.ofMinutes(5), false, schemaType);
    }

    private ConnectionSettings connection() {
        return new ConnectionSettings(
                brokers,
                "sarama",
                KafkaVersion.parse(version).orElseThrow(),
                metadataRefresh,
                keepAlive,
                dialTimeout,
                readTimeout,
                writeTimeout,
                metadataTimeout);
    }

    private ProducerSettings producer() {
        return new ProducerSettings(
                maxMessageBytes,
                acks,
                retryMax,
                compression,
                partitioner,
                linger,
                batchSize,
                idempotence,
                excludeHeaders == null ? null : Pattern.compile(excludeHeaders));
    }

    private static ConsumerSettings consumer() {
        return new ConsumerSettings(
                "app",
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
                new BackOff(
                        BackOff.Policy.CONSTANT,
                        Duration.ofSeconds(5),
                        Duration.ofMillis(500),
                        0.5,
                        1.5,
                        Duration.ofSeconds(60),
                        Duration.ofMinutes(15),
                        -1));
    }
}
