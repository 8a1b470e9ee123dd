package io.sluice.kafka.consume.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.binding.ConsumerSettings.GroupProtocol;
import io.sluice.core.binding.ConsumerSettings.IsolationLevel;
import io.sluice.core.binding.ConsumerSettings.RebalanceStrategy;
import io.sluice.kafka.consume.Inputs;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.consumer.RoundRobinAssignor;
import org.apache.kafka.clients.consumer.StickyAssignor;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConsumerPropertiesTest {

    @ParameterizedTest(name = "{0} = {1}")
    @MethodSource("defaults")
    void aBindingOfDefaultsSets(String property, Object value) {
        assertThat(properties(Inputs.with())).containsEntry(property, value);
    }

    static Stream<Arguments> defaults() {
        return Stream.of(
                Arguments.of("bootstrap.servers", List.of("b1:9092", "b2:9092")),
                Arguments.of("client.id", "sarama"),
                Arguments.of("group.id", "group"),
                Arguments.of("metadata.max.age.ms", 5_000),
                Arguments.of("connections.max.idle.ms", -1L),
                Arguments.of("socket.connection.setup.timeout.ms", 30_000),
                Arguments.of("socket.connection.setup.timeout.max.ms", 30_000),
                Arguments.of("request.timeout.ms", 30_000),
                Arguments.of("metric.reporters", List.of()),
                Arguments.of("enable.metrics.push", false),
                Arguments.of("enable.auto.commit", false),
                Arguments.of("auto.offset.reset", "none"),
                Arguments.of("fetch.min.bytes", 1),
                Arguments.of("fetch.max.wait.ms", 500),
                Arguments.of("max.partition.fetch.bytes", 1_048_576),
                Arguments.of("max.poll.records", 256),
                Arguments.of("max.poll.interval.ms", 300_000),
                Arguments.of("isolation.level", "read_uncommitted"),
                Arguments.of("group.protocol", "classic"),
                Arguments.of("session.timeout.ms", 10_000),
                Arguments.of("heartbeat.interval.ms", 3_000),
                Arguments.of("retry.backoff.ms", 500L),
                Arguments.of(
                        "partition.assignment.strategy",
                        List.of(RangeAssignor.class, StickyAssignor.class, RoundRobinAssignor.class)));
    }

    @Test
    void theTableOfDefaultsIsComplete() {
        assertThat(properties(Inputs.with()).keySet())
                .containsExactlyInAnyOrderElementsOf(
                        defaults().map(row -> (String) row.get()[0]).toList());
    }

    @ParameterizedTest(name = "{1} = {2}")
    @MethodSource("settings")
    void aSettingBecomesAProperty(Consumer<Inputs> said, String property, Object value) {
        var inputs = Inputs.with();

        said.accept(inputs);

        assertThat(properties(inputs)).containsEntry(property, value);
    }

    static Stream<Arguments> settings() {
        return Stream.of(
                row(it -> it.metadataRefresh = Duration.ofSeconds(2), "metadata.max.age.ms", 2_000),
                row(it -> it.isolation = IsolationLevel.READ_COMMITTED, "isolation.level", "read_committed"),
                row(
                        it -> it.strategy = RebalanceStrategy.STICKY,
                        "partition.assignment.strategy",
                        List.of(StickyAssignor.class, RangeAssignor.class, RoundRobinAssignor.class)),
                row(
                        it -> it.strategy = RebalanceStrategy.ROUNDROBIN,
                        "partition.assignment.strategy",
                        List.of(RoundRobinAssignor.class, RangeAssignor.class, StickyAssignor.class)),
                row(it -> it.channelBufferSize = 0, "max.poll.records", 1),
                row(it -> it.channelBufferSize = 10_000, "max.poll.records", 500),
                row(it -> it.keepAlive = Duration.ofSeconds(7), "connections.max.idle.ms", 7_000L),
                row(it -> it.heartbeat = Duration.ofMillis(200), "retry.backoff.ms", 200L),
                row(it -> it.heartbeat = Duration.ofMillis(20), "retry.backoff.ms", 100L),
                row(it -> it.instanceId = "i", "group.instance.id", "i"),
                row(it -> it.protocol = GroupProtocol.CONSUMER, "group.protocol", "consumer"),
                row(it -> it.protocol = GroupProtocol.CONSUMER, "group.remote.assignor", "range"),
                row(
                        it -> {
                            it.protocol = GroupProtocol.CONSUMER;
                            it.strategy = RebalanceStrategy.STICKY;
                        },
                        "group.remote.assignor",
                        "uniform"));
    }

    private static Arguments row(Consumer<Inputs> said, String property, Object value) {
        return Arguments.of(said, property, value);
    }

    @Test
    void membersOfOneInstanceDoNotFenceEachOther() {
        var inputs = Inputs.with();
        inputs.topics = List.of("t", "u");
        inputs.instanceId = "i";

        assertThat(ConsumerProperties.member(inputs.binding(), "u")).containsEntry("group.instance.id", "i-u");
    }

    @ParameterizedTest
    @EnumSource(GroupProtocol.class)
    void kafkaTakesTheProperties(GroupProtocol protocol) {
        var inputs = Inputs.with();
        inputs.protocol = protocol;

        new ConsumerConfig(withDeserializers(properties(inputs)));
    }

    @Test
    void aReaderIsNobodysMember() {
        Map<String, Object> properties = ConsumerProperties.reader(Inputs.with().binding());

        assertThat(properties)
                .doesNotContainKey("group.id")
                .containsEntry("max.poll.records", 1)
                .containsEntry("max.partition.fetch.bytes", 1)
                .containsEntry("auto.offset.reset", "none")
                .containsEntry("enable.auto.commit", false)
                .containsEntry("allow.auto.create.topics", false);
        new ConsumerConfig(withDeserializers(properties));
    }

    private static Map<String, Object> properties(Inputs inputs) {
        return ConsumerProperties.member(inputs.binding(), "t");
    }

    private static Map<String, Object> withDeserializers(Map<String, Object> properties) {
        var all = new HashMap<>(properties);
        all.put("key.deserializer", ByteArrayDeserializer.class);
        all.put("value.deserializer", ByteArrayDeserializer.class);
        return all;
    }
}
