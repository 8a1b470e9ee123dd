package io.sluice.it.input;

import static io.sluice.it.input.Stage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where reading begins and goes on with {@code initialOffset: newest}, which must pass over nothing that came later. */
@WithKafka
class StartPositionIT {
    private static final List<String> PROTOCOLS = List.of("classic", "consumer");

    private Stage stage;

    @BeforeEach
    void open(TestKafka kafka) {
        stage = new Stage(kafka);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void thePositionOfANewGroupIsCommittedForAllPartitionsAtOnce() {
        String topic = stage.kafka().newTopic(3, Map.of());
        stage.send(topic, 1, null, "old");
        Component binding = newest("in", topic, "classic");

        stage.gateway(binding);

        var committed = eventually()
                .until(() -> Groups.committed(stage.kafka(), binding.field("consumerGroup")), all -> all.size() == 3);
        assertThat(committed.get(new TopicPartition(topic, 1)).offset()).isEqualTo(1);
        assertThat(committed.get(new TopicPartition(topic, 2)).offset()).isZero();
    }

    @Test
    void whatAppearsWhileTheGatewayRunsIsDeliveredFromItsStart() {
        String growing = stage.kafka().newTopic();
        String late = "it-" + UUID.randomUUID();
        TestGateway gateway = stage.gateway(PROTOCOLS.stream()
                .map(protocol -> newest(protocol, growing + "," + late, protocol))
                .toArray(Component[]::new));
        PROTOCOLS.forEach(protocol -> Stage.partition(gateway, protocol));

        await(stage.kafka()
                .admin()
                .createPartitions(Map.of(growing, NewPartitions.increaseTo(2)))
                .all());
        create(late);
        stage.send(growing, 1, null, "in a new partition");
        stage.send(late, "in a new topic");

        for (String protocol : PROTOCOLS) {
            eventually().until(() -> stage.app()
                    .takenTexts("/" + protocol)
                    .containsAll(List.of("in a new partition", "in a new topic")));
        }
    }

    @Test
    void aTopicThatIsMadeAnewIsDeliveredFromItsStart() {
        String topic = stage.kafka().newTopic();
        TestGateway gateway = stage.gateway(PROTOCOLS.stream()
                .map(protocol -> newest(protocol, topic, protocol))
                .toArray(Component[]::new));
        PROTOCOLS.forEach(protocol -> Stage.partition(gateway, protocol));
        stage.send(topic, "a", "b");
        eventually().until(() -> stage.app().taken().size() == 4);

        await(stage.kafka().admin().deleteTopics(List.of(topic)).all());
        eventually().ignoreExceptions().until(() -> create(topic));
        stage.send(topic, "c", "d", "e");

        for (String protocol : PROTOCOLS) {
            eventually().until(() -> stage.app().takenTexts("/" + protocol).containsAll(List.of("c", "d", "e")));
        }
    }

    @Test
    void aTopicThatIsMadeAnewWhileNoGatewayRunsIsOneThatTheGroupComesToForTheFirstTime() {
        String topic = stage.kafka().newTopic();
        List<Component> bindings = PROTOCOLS.stream()
                .flatMap(protocol -> Stream.of("newest", "oldest")
                        .map(initial -> newest(protocol + "-" + initial, topic, protocol)
                                .with("initialOffset", initial)))
                .toList();
        TestGateway gateway = stage.gateway(bindings.toArray(Component[]::new));
        bindings.forEach(binding -> Stage.partition(gateway, binding.name()));
        stage.send(topic, "a", "b");
        eventually().until(() -> stage.app().taken().size() == 8);
        stage.stop(gateway);

        await(stage.kafka().admin().deleteTopics(List.of(topic)).all());
        eventually().ignoreExceptions().until(() -> create(topic));
        stage.send(topic, "c", "d", "e");
        bindings.forEach(binding -> assertThat(Groups.committed(stage.kafka(), binding.field("consumerGroup")))
                .isEmpty());
        TestGateway later = stage.gateway(bindings.toArray(Component[]::new));
        bindings.forEach(binding -> Stage.partition(later, binding.name()));
        stage.send(topic, "f");

        for (String protocol : PROTOCOLS) {
            eventually()
                    .until(
                            () -> stage.app().takenTexts("/" + protocol + "-oldest"),
                            List.of("a", "b", "c", "d", "e", "f")::equals);
            eventually()
                    .until(() -> stage.app().takenTexts("/" + protocol + "-newest"), List.of("a", "b", "f")::equals);
        }
    }

    @Test
    void whatRetentionLeftIsDeliveredWhenTheGatewayOrTheAppWasAway() {
        String topic = stage.kafka().newTopic();
        Component running = newest("running", topic, "classic").with("channelBufferSize", "1");
        Component stopped = newest("stopped", topic, "consumer");
        stage.stop(start(stopped));
        TestGateway gateway = start(running);
        stage.app().leave();
        stage.send(topic, IntStream.range(0, 100).mapToObj(String::valueOf).toArray(String[]::new));

        await(stage.kafka()
                .admin()
                .deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(40)))
                .all());
        stage.app().listen();
        TestGateway later = stage.gateway(stopped);

        List<String> left = IntStream.range(40, 100).mapToObj(String::valueOf).toList();
        eventually().until(() -> stage.app().takenTexts("/stopped"), left::equals);
        eventually().until(() -> stage.app().takenTexts("/running").containsAll(left));
        assertThat(jumps(gateway)).isEqualTo(1);
        assertThat(jumps(later)).isEqualTo(1);
    }

    @Test
    void aCommitAboveTheEndOfTheLogLosesNothing() {
        String topic = stage.kafka().newTopic();
        stage.send(topic, "a", "b");
        Component binding = newest("in", topic, "classic");
        Groups.commit(stage.kafka(), binding.field("consumerGroup"), topic, new OffsetAndMetadata(1_000));

        TestGateway gateway = stage.gateway(binding);

        eventually().until(() -> stage.app().takenTexts().equals(List.of("a", "b")));
        eventually().until(() -> Groups.offset(stage.kafka(), binding.field("consumerGroup"), topic) == 2);
        assertThat(jumps(gateway)).isEqualTo(1);
    }

    @Test
    void aCommitCarriesTheLeaderEpochOfItsLastRecord() {
        String topic = stage.kafka().newTopic();
        Component binding = newest("in", topic, "classic");
        stage.gateway(binding);
        eventually().until(() -> Groups.offset(stage.kafka(), binding.field("consumerGroup"), topic) == 0);

        stage.send(topic, "a");

        OffsetAndMetadata committed = eventually()
                .until(
                        () -> Groups.committed(stage.kafka(), binding.field("consumerGroup"), topic),
                        offset -> offset != null && offset.offset() == 1);
        assertThat(committed.leaderEpoch()).contains(0);
    }

    private TestGateway start(Component binding) {
        TestGateway gateway = stage.gateway(binding);
        Stage.partition(gateway, binding.name());
        return gateway;
    }

    private boolean create(String topic) {
        await(stage.kafka()
                .admin()
                .createTopics(List.of(new NewTopic(topic, 1, (short) 1)))
                .all());
        return true;
    }

    private static double jumps(TestGateway gateway) {
        return gateway.metric("sluice_input_position_jumps_total");
    }

    private Component newest(String name, String topics, String protocol) {
        return Component.input(stage.kafka(), name, topics)
                .without("initialOffset")
                .with("groupProtocol", protocol)
                .with("clientConnectionTopicMetadataRefreshInterval", "1s")
                .with("consumerGroup", name + "-" + UUID.randomUUID());
    }

    private static void await(KafkaFuture<?> future) {
        try {
            future.get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
