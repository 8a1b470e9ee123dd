package io.sluice.it.input;

import static io.sluice.it.input.Stage.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fields that say how records are consumed, and topics that are not as usual. */
@WithKafka
class ConsumingIT {
    private Stage stage;
    private String topic;

    @BeforeEach
    void open(TestKafka kafka) {
        stage = new Stage(kafka);
        topic = kafka.newTopic();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void allTopicsOfABindingComeToItsRoute() {
        String other = stage.kafka().newTopic();
        TestGateway gateway = stage.gateway(input().with("topics", topic + ", " + other));

        stage.send(topic, "a");
        stage.send(other, "b");

        eventually().until(() -> stage.app().takenAt("/in").size() == 2);
        assertThat(stage.app().takenTexts()).containsExactlyInAnyOrder("a", "b");
        assertThat(Stage.partitions(gateway, "in").getJsonArray("partitions")).hasSize(2);
    }

    @Test
    void aTopicThatIsCreatedLaterIsConsumedFromItsBeginning() throws Exception {
        String late = topic + "-late";
        stage.gateway(input().with("topics", late));
        eventually().until(() -> !Groups.members(stage.kafka(), input().field("consumerGroup"))
                .isEmpty());

        NewTopic missing = new NewTopic(late, Optional.of(1), Optional.empty());
        stage.kafka().admin().createTopics(List.of(missing)).all().get(20, TimeUnit.SECONDS);
        stage.send(late, "a");

        eventually().until(() -> stage.app().takenTexts().equals(List.of("a")));
    }

    @ParameterizedTest
    @CsvSource({"classic, range", "classic, sticky", "classic, roundrobin", "consumer, range", "consumer, sticky"})
    void everyGroupProtocolAndStrategyGoesOnAfterARestart(String protocol, String strategy) {
        Component binding = input().with("groupProtocol", protocol)
                .with("consumerGroupRebalanceStrategy", strategy)
                .with("groupInstanceId", "member-1");
        TestGateway gateway = stage.gateway(binding);
        stage.send(topic, "a");
        eventually().until(() -> stage.app().taken().size() == 1);
        stage.stop(gateway);
        stage.send(topic, "b");

        stage.gateway(binding);

        eventually().until(() -> stage.app().takenTexts().equals(List.of("a", "b")));
        eventually().until(() -> Groups.offset(stage.kafka(), binding.field("consumerGroup"), topic) == 2);
    }

    @Test
    void recordsOfTransactionsThatAreNotCommittedAreLeftOutAndTheirMarkersHoldNothingUp() {
        Component binding = input().with("isolationLevel", "read_committed");
        TestGateway gateway = stage.gateway(binding);
        try (Producer<byte[], byte[]> producer = transactional()) {
            producer.initTransactions();
            inTransaction(producer, "a");
            producer.commitTransaction();
            inTransaction(producer, "aborted");
            producer.abortTransaction();
            inTransaction(producer, "b");
            producer.commitTransaction();
        }

        eventually().until(() -> stage.app().takenTexts().equals(List.of("a", "b")));
        eventually().until(() -> Stage.partition(gateway, "in").getLong("lag") == 0);
        assertThat(Groups.offset(stage.kafka(), binding.field("consumerGroup"), topic))
                .isEqualTo(6);
    }

    @Test
    void aRecordLargerThanAFetchIsDelivered() {
        stage.gateway(input().with("consumerFetchDefault", "1000"));

        stage.send(new ProducerRecord<>(topic, 0, null, new byte[900_000]));
        stage.send(topic, "next");

        eventually().until(() -> stage.app().taken().size() == 2);
        assertThat(stage.app().taken().get(0).body().length()).isEqualTo(900_000);
    }

    @Test
    void aCommittedOffsetThatTheTopicDoesNotHaveAnyMoreIsReplacedByTheInitialOffset() throws Exception {
        stage.send(topic, "0", "1", "2", "3");
        Component binding = input();
        Groups.commit(stage.kafka(), binding.field("consumerGroup"), topic, new OffsetAndMetadata(1));
        stage.kafka()
                .admin()
                .deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(3)))
                .all()
                .get(20, TimeUnit.SECONDS);

        stage.gateway(binding);

        eventually().until(() -> stage.app().takenTexts().equals(List.of("3")));
        eventually().until(() -> Groups.offset(stage.kafka(), binding.field("consumerGroup"), topic) == 4);
    }

    @Test
    void anOffsetThatSomebodyCommittedWithoutSluicesMetadataIsWhereTheGroupGoesOn() {
        stage.send(topic, "0", "1", "2");
        Component binding = input().with("ordering", "key");
        Groups.commit(
                stage.kafka(), binding.field("consumerGroup"), topic, new OffsetAndMetadata(1, "not \u0001 ours"));

        stage.gateway(binding);

        eventually().until(() -> stage.app().taken().size() == 2);
        assertThat(stage.app().takenTexts()).containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void anInputBindingWithoutTopicsConsumesNothingAndHoldsUpNobody() {
        TestGateway gateway = stage.gateway(input().without("topics"), Component.input(stage.kafka(), "other", topic));
        stage.send(topic, "a");

        eventually().until(() -> stage.app().takenAt("/other").size() == 1);
        assertThat(gateway.get("/v1.0/healthz").statusCode()).isEqualTo(204);
        assertThat(stage.app().calls(HttpMethod.POST, "/in")).isEmpty();
    }

    private void inTransaction(Producer<byte[], byte[]> producer, String value) {
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(topic, value.getBytes(UTF_8)));
        // What is not sent yet when a transaction is aborted never is.
        producer.flush();
    }

    private Producer<byte[], byte[]> transactional() {
        ByteArraySerializer bytes = new ByteArraySerializer();
        Map<String, Object> config =
                Map.of("bootstrap.servers", stage.kafka().bootstrapServers(), "transactional.id", topic);
        return new KafkaProducer<>(config, bytes, bytes);
    }

    private Component input() {
        return Component.input(stage.kafka(), "in", topic);
    }
}
