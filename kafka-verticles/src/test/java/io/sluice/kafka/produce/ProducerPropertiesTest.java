package io.sluice.kafka.produce;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.binding.ProducerSettings.Compression;
import io.sluice.core.binding.ProducerSettings.Idempotence;
import io.sluice.core.binding.ProducerSettings.Partitioner;
import io.sluice.core.binding.ProducerSettings.RequiredAcks;
import io.sluice.kafka.partition.Fnv1aPartitioner;
import io.sluice.kafka.partition.Murmur2Partitioner;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProducerPropertiesTest {

    @ParameterizedTest(name = "{0} = {1}")
    @MethodSource("defaults")
    void aBindingOfDefaultsSets(String property, Object value) {
        assertThat(ProducerProperties.of(Bindings.with().binding())).containsEntry(property, value);
    }

    static Stream<Arguments> defaults() {
        return Stream.of(
                Arguments.of("bootstrap.servers", List.of("b1:9092", "b2:9092")),
                Arguments.of("client.id", "sarama"),
                Arguments.of("metadata.max.age.ms", 540_000),
                Arguments.of("metadata.max.idle.ms", Duration.ofDays(36_500).toMillis()),
                Arguments.of("connections.max.idle.ms", -1L),
                Arguments.of("socket.connection.setup.timeout.ms", 30_000),
                Arguments.of("socket.connection.setup.timeout.max.ms", 30_000),
                Arguments.of("metric.reporters", List.of()),
                Arguments.of("enable.metrics.push", false),
                Arguments.of("acks", "all"),
                Arguments.of("retries", 5),
                Arguments.of("enable.idempotence", true),
                Arguments.of("compression.type", "none"),
                Arguments.of("partitioner.class", Fnv1aPartitioner.class),
                Arguments.of("linger.ms", 0L),
                Arguments.of("max.in.flight.requests.per.connection", 1),
                Arguments.of("max.block.ms", 0L),
                Arguments.of("request.timeout.ms", 10_000),
                Arguments.of("delivery.timeout.ms", 20_000),
                Arguments.of("batch.size", 131_072),
                Arguments.of("buffer.memory", 67_108_864L),
                Arguments.of("max.request.size", 4_194_304));
    }

    @Test
    void theTableOfDefaultsIsComplete() {
        assertThat(ProducerProperties.of(Bindings.with().binding()).keySet())
                .containsExactlyInAnyOrderElementsOf(
                        defaults().map(row -> (String) row.get()[0]).toList());
    }

    @ParameterizedTest(name = "{1} = {2}")
    @MethodSource("fields")
    void aFieldReachesTheClient(Consumer<Bindings> field, String property, Object value) {
        var bindings = Bindings.with();
        field.accept(bindings);

        Map<String, Object> properties = ProducerProperties.of(bindings.binding());

        assertThat(properties).containsEntry(property, value);
        assertThat(new ProducerConfig(withSerializers(properties)).originals()).containsEntry(property, value);
    }

    static Stream<Arguments> fields() {
        return Stream.of(
                field(b -> b.brokers = List.of("x:1", "y:2", "x:1"), "bootstrap.servers", List.of("x:1", "y:2")),
                field(b -> b.metadataRefresh = Duration.ofSeconds(15), "metadata.max.age.ms", 15_000),
                field(b -> b.keepAlive = Duration.ofMinutes(4), "connections.max.idle.ms", 240_000L),
                field(b -> b.dialTimeout = Duration.ofSeconds(2), "socket.connection.setup.timeout.ms", 2_000),
                field(b -> b.dialTimeout = Duration.ofSeconds(2), "socket.connection.setup.timeout.max.ms", 2_000),
                field(b -> b.readTimeout = Duration.ofSeconds(3), "request.timeout.ms", 3_000),
                field(b -> b.writeTimeout = Duration.ofSeconds(4), "request.timeout.ms", 4_000),
                field(b -> b.acks = RequiredAcks.LOCAL, "acks", "1"),
                field(b -> b.acks = RequiredAcks.NONE, "acks", "0"),
                field(b -> b.acks = RequiredAcks.LOCAL, "enable.idempotence", false),
                field(b -> b.retryMax = 9, "retries", 9),
                field(b -> b.retryMax = 0, "enable.idempotence", false),
                field(b -> b.idempotence = Idempotence.OFF, "enable.idempotence", false),
                field(b -> b.compression = Compression.GZIP, "compression.type", "gzip"),
                field(b -> b.compression = Compression.SNAPPY, "compression.type", "snappy"),
                field(b -> b.compression = Compression.LZ4, "compression.type", "lz4"),
                field(b -> b.compression = Compression.ZSTD, "compression.type", "zstd"),
                field(b -> b.partitioner = Partitioner.MURMUR2, "partitioner.class", Murmur2Partitioner.class),
                field(b -> b.linger = Duration.ofMillis(7), "linger.ms", 7L),
                field(b -> b.linger = Duration.ofSeconds(15), "delivery.timeout.ms", 25_000),
                field(b -> b.batchSize = 16_384, "batch.size", 16_384),
                field(b -> b.maxMessageBytes = 8_388_608, "max.request.size", 8_388_608),
                field(b -> b.maxMessageBytes = 104_857_600, "buffer.memory", 419_430_400L));
    }

    @Test
    void theBudgetIsSmallerThanTheBuffer() {
        var bindings = Bindings.with();
        bindings.maxMessageBytes = 104_857_600;

        assertThat(ProducerProperties.budget(bindings.binding().producer()))
                .isLessThan(419_430_400L)
                .isGreaterThan(104_857_600L);
    }

    @Test
    void kafkaKnowsEveryProperty() {
        var config = new ProducerConfig(
                withSerializers(ProducerProperties.of(Bindings.with().binding())));

        assertThat(ProducerConfig.configNames()).containsAll(config.originals().keySet());
    }

    private static Arguments field(Consumer<Bindings> field, String property, Object value) {
        return Arguments.of(field, property, value);
    }

    private static Map<String, Object> withSerializers(Map<String, Object> properties) {
        var all = new HashMap<>(properties);
        all.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        all.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return all;
    }

    @Test
    void whatTheGatewayWritesOfItsOwnIsAcknowledgedByAll() {
        Bindings bindings = Bindings.with();
        bindings.acks = RequiredAcks.NONE;
        bindings.idempotence = Idempotence.OFF;
        bindings.retryMax = 0;

        assertThat(ProducerProperties.assured(bindings.binding()))
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", true)
                .containsEntry("retries", Integer.MAX_VALUE)
                .containsEntry("max.block.ms", 3_000L)
                .containsEntry("max.request.size", 67_108_864);
    }
}
