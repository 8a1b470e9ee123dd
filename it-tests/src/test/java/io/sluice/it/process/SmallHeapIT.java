package io.sluice.it.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.dev.kafka.KafkaCluster;
import io.sluice.dev.kafka.Ports;
import io.sluice.dev.kafka.Topics;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A gateway with a heap of 128 MiB meets what is larger than that. {@code -Dsluice.deep=true} makes it much larger. */
class SmallHeapIT {
    private static final boolean DEEP = Boolean.getBoolean("sluice.deep");
    private static final Duration LIMIT = Duration.ofMinutes(DEEP ? 10 : 2);
    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;

    @TempDir
    private static Path folder;

    private static KafkaCluster kafka;
    private PatientApp app;
    private final int metricsPort = Ports.free(1).get(0);

    @BeforeAll
    static void startKafka() {
        kafka = KafkaCluster.start(1, folder, Map.of());
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    @BeforeEach
    void startTheApp() {
        app = PatientApp.start();
    }

    @AfterEach
    void stopTheApp() {
        app.close();
    }

    @Test
    void aBacklogThatIsLargerThanTheHeapIsTakenPartByPart() {
        int partitions = 100;
        int each = DEEP ? 200 : 15;
        Topics.create(kafka.bootstrapServers(), Map.of("backlog", partitions));
        fill("backlog", partitions, each, 16 * KIB);

        try (SluiceProcess gateway = input("backlog").start()) {
            Api api = gateway.awaitReady();
            soon().until(() -> app.waiting() == partitions);
            soon().until(() -> partitions(api, "backlog").stream().anyMatch(partition -> partition
                    .getString("pausedBecause")
                    .startsWith("waiting for memory: records that are not")));
            soon().until(() -> health(api, "input:backlog").contains("-Xmx"));

            app.answer();

            soon().until(() -> app.taken("backlog") == partitions * each);
            soon().until(() -> health(api, "input:backlog").isEmpty());
            soon().until(() -> reserved("deliveries") == 0);
            gateway.assertUnharmed();
        }
    }

    @Test
    void whatUnpacksToMoreThanTheHeapComesInPiecesOrStopsItsPartitionUntilItIsSkipped() {
        Topics.create(kafka.bootstrapServers(), Map.of("packed", 2));
        int many = DEEP ? 400 : 200;
        sendInOneBatch("packed", 0, MIB, many);
        sendInOneBatch("packed", 1, 1, 1);
        sendInOneBatch("packed", 1, 150 * MIB, 1);
        sendInOneBatch("packed", 1, 2, 1);
        app.answer();

        try (SluiceProcess gateway = input("packed").start()) {
            Api api = gateway.awaitReady();
            soon().until(() -> app.taken("packed") == many + 1);
            soon().until(() -> health(api, "input:packed").contains("/failures/packed/1/1/skip"));

            assertThat(api.post("/v1.0-sluice/bindings/packed/failures/packed/1/1/skip", "")
                            .statusCode())
                    .isEqualTo(204);

            soon().until(() -> app.taken("packed") == many + 2);
            soon().until(() -> health(api, "input:packed").isEmpty());
            assertThat(gateway.isAlive()).isTrue();
        }
    }

    @EnabledIfSystemProperty(named = "sluice.deep", matches = "true")
    @ParameterizedTest(name = "{0} connections with {1} calls each")
    @CsvSource({"1, 1000", "20, 50"})
    void messagesThatNeverEndKeepNobodyElseOut(int connections, int calls) {
        Topics.create(kafka.bootstrapServers(), Map.of("orders-" + connections, 1));
        String orders = ComponentFile.output("orders", kafka.bootstrapServers(), "orders-" + connections);

        try (SluiceProcess gateway = launch(orders).start()) {
            Api api = gateway.awaitReady();
            try (var attack = new EndlessMessages(gateway.grpcPort(), connections, calls)) {
                soon().until(() -> attack.refused() > 1_000);
                for (int i = 0; i < 50; i++) {
                    assertThat(api.create("orders", "1").join().statusCode()).isEqualTo(204);
                }
                assertThat(reserved("calls")).isPositive();
            }

            soon().until(() -> reserved("calls") == 0);
            assertThat(api.create("orders", "1").join().statusCode()).isEqualTo(204);
            gateway.assertUnharmed();
        }
    }

    private Launch input(String topic) {
        return launch(ComponentFile.input(topic, kafka.bootstrapServers(), topic))
                .and("--app-port", app.port());
    }

    private Launch launch(String component) {
        return Launch.gateway(component)
                .and("--metrics-port", String.valueOf(metricsPort))
                .withJvmFlags(List.of("-Xmx128m"));
    }

    private static ConditionFactory soon() {
        return await().atMost(LIMIT);
    }

    private static List<JsonObject> partitions(Api api, String binding) {
        var partitions = new JsonObject(api.get("/v1.0-sluice/bindings/" + binding + "/partitions")
                        .body())
                .getJsonArray("partitions", new JsonArray());
        return partitions.stream().map(JsonObject.class::cast).toList();
    }

    /** What is the matter with a target, empty when it is as it should be. */
    private static String health(Api api, String target) {
        return new JsonObject(api.health())
                .getJsonObject("targets")
                .getJsonObject(target)
                .getString("detail");
    }

    /** Bytes that are reserved for {@code use}. */
    private double reserved(String use) {
        return new Api(metricsPort)
                .get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("sluice_memory_reserved_bytes") && line.contains("\"" + use + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private void fill(String topic, int partitions, int each, int size) {
        var random = new Random(1);
        try (var producer = producer(Map.of("batch.size", 64 * KIB))) {
            for (int i = 0; i < each * partitions; i++) {
                byte[] value = new byte[size];
                random.nextBytes(value);
                var unused = producer.send(new ProducerRecord<>(topic, i % partitions, null, value));
            }
        }
    }

    private void sendInOneBatch(String topic, int partition, int size, int records) {
        long bytes = (long) (size + 100) * records + KIB;
        try (var producer = producer(Map.of(
                "compression.type",
                "gzip",
                "linger.ms",
                60_000,
                "batch.size",
                (int) bytes,
                "max.request.size",
                (int) bytes,
                "buffer.memory",
                2 * bytes))) {
            byte[] value = new byte[size];
            Arrays.fill(value, (byte) 'x');
            for (int i = 0; i < records; i++) {
                var unused = producer.send(new ProducerRecord<>(topic, partition, null, value));
            }
        }
    }

    private KafkaProducer<byte[], byte[]> producer(Map<String, Object> settings) {
        var bytes = new ByteArraySerializer();
        var all = new HashMap<>(settings);
        all.put("bootstrap.servers", kafka.bootstrapServers());
        return new KafkaProducer<>(all, bytes, bytes);
    }
}
