package io.sluice.it.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a record goes, and under which key. */
@WithKafka
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PartitionIT {
    private static final List<Integer> SIZES = List.of(1, 3, 6, 10, 12);
    private static final List<String> KEYS = List.of("", "a", "key1", "test", "customer-42", "partitionKey", "Ünïcode");
    private static final String MURMUR2 = "murmur2";
    private static final String GROWING = "growing";

    private final Map<String, String> topics = new LinkedHashMap<>();
    private TestKafka kafka;
    private TestGateway gateway;

    @BeforeAll
    void start(TestKafka shared) {
        kafka = shared;
        SIZES.forEach(size -> topics.put("fnv" + size, kafka.newTopic(size, Map.of())));
        for (String binding : List.of("keys", "numbers", "spread", MURMUR2)) {
            topics.put(binding, kafka.newTopic(6, Map.of()));
        }
        topics.put(GROWING, kafka.newTopic());
        gateway = TestGateway.start(
                topics.entrySet().stream().map(this::component).toArray(Component[]::new));
    }

    private Component component(Map.Entry<String, String> topic) {
        Component component = Component.output(kafka, topic.getKey(), topic.getValue());
        return switch (topic.getKey()) {
            case MURMUR2 -> component.with("partitioner", MURMUR2);
            case GROWING -> component.with("clientConnectionTopicMetadataRefreshInterval", "300ms");
            default -> component;
        };
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource({"1, 0 0 0 0 0 0 0", "3, 0 0 2 2 0 2 1", "6, 3 0 5 5 0 2 1", "10, 5 6 3 1 0 6 7", "12, 3 0 11 11 6 8 1"})
    void keysGoWhereDaprPutsThem(int partitions, String expected) {
        String binding = "fnv" + partitions;

        KEYS.forEach(key -> produce(binding, Map.of("partitionKey", key)));

        Map<String, Integer> found = partitionsByKey(binding);
        assertThat(KEYS.stream().map(key -> String.valueOf(found.get(key))).collect(Collectors.joining(" ")))
                .isEqualTo(expected);
    }

    @Test
    void withMurmur2AKeyGoesWhereKafkasJavaClientPutsIt() throws Exception {
        List<String> keys = Stream.concat(
                        Stream.of("", "Ünïcode"), IntStream.range(0, 40).mapToObj(i -> "key-" + i))
                .toList();
        String byJava = kafka.newTopic(6, Map.of());

        keys.forEach(key -> produce(MURMUR2, Map.of("partitionKey", key)));
        sendByJava(byJava, keys);

        assertThat(partitionsByKey(MURMUR2)).hasSameSizeAs(keys).isEqualTo(partitions(byJava));
    }

    @Test
    void theKeyIsThePartitionKeyBeforeTheKeyAndAnEmptyOneIsNotNone() {
        produce("keys", Map.of("__key", "other", "partitionKey", "first"));
        produce("keys", Map.of("__key", "other"));
        produce("keys", Map.of("partitionKey", ""));
        produce("keys", Map.of("PartitionKey", "only the exact spelling counts"));

        List<String> keys = kafka.readAll(topics.get("keys")).stream()
                .map(record -> record.key() == null ? "none" : new String(record.key(), UTF_8))
                .toList();
        assertThat(keys).containsExactlyInAnyOrder("first", "other", "", "none");
    }

    @Test
    void aPartitionNumberOverrulesTheKeyWhichStays() {
        produce("numbers", Map.of("partitionNumber", "4", "partitionKey", "a"));
        produce("numbers", Map.of("partitionNumber", "0"));

        List<ConsumerRecord<byte[], byte[]>> records = kafka.readAll(topics.get("numbers"));
        assertThat(records).extracting(ConsumerRecord::partition).containsExactly(0, 4);
        assertThat(records.get(0).key()).isNull();
        assertThat(records.get(1).key()).isEqualTo("a".getBytes(UTF_8));
    }

    @Test
    void recordsWithoutAKeySpreadOverAllPartitions() {
        for (int i = 0; i < 150; i++) {
            produce("spread", Map.of());
        }

        // All but once in 10^11 runs.
        assertThat(kafka.readAll(topics.get("spread")))
                .extracting(ConsumerRecord::partition)
                .contains(0, 1, 2, 3, 4, 5);
    }

    @Test
    void aNewPartitionIsFoundWithinTheMetadataRefreshInterval() throws Exception {
        Map<String, String> second = Map.of("partitionNumber", "1");
        assertThat(call(GROWING, second).statusCode()).isEqualTo(500);

        kafka.admin()
                .createPartitions(Map.of(topics.get(GROWING), NewPartitions.increaseTo(2)))
                .all()
                .get(30, TimeUnit.SECONDS);

        await().atMost(Duration.ofSeconds(10)).until(() -> call(GROWING, second).statusCode() == 204);
        assertThat(kafka.readAll(topics.get(GROWING)))
                .extracting(ConsumerRecord::partition)
                .containsExactly(1);
    }

    private void produce(String binding, Map<String, String> metadata) {
        assertThat(call(binding, metadata).statusCode()).isEqualTo(204);
    }

    private HttpResponse<String> call(String binding, Map<String, String> metadata) {
        JsonObject envelope = new JsonObject().put("operation", "create").put("data", 1);
        return gateway.call(
                binding,
                envelope.put("metadata", new JsonObject(new LinkedHashMap<String, Object>(metadata)))
                        .encode());
    }

    private void sendByJava(String topic, List<String> keys) throws Exception {
        ByteArraySerializer bytes = new ByteArraySerializer();
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(Map.of("bootstrap.servers", kafka.bootstrapServers()), bytes, bytes)) {
            for (String key : keys) {
                producer.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), null))
                        .get(30, TimeUnit.SECONDS);
            }
        }
    }

    private Map<String, Integer> partitionsByKey(String binding) {
        return partitions(topics.get(binding));
    }

    /** Where each key is; a key in two partitions fails. */
    private Map<String, Integer> partitions(String topic) {
        return kafka.readAll(topic).stream()
                .map(record -> Map.entry(new String(record.key(), UTF_8), record.partition()))
                .distinct()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
