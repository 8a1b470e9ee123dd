package io.sluice.it.input;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.core.message.Delivery.Coordinates;
import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import io.sluice.it.kafka.TestKafka;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/** What a test of input bindings needs: an app that listens, gateways, records. Ends with the test. */
final class Stage implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final TestKafka kafka;
    private final TestApp app = new TestApp().listen();
    private final Producer<byte[], byte[]> producer;
    private final List<TestGateway> gateways = new ArrayList<>();

    Stage(TestKafka kafka) {
        this.kafka = kafka;
        ByteArraySerializer bytes = new ByteArraySerializer();
        this.producer = new KafkaProducer<>(Map.of("bootstrap.servers", kafka.bootstrapServers()), bytes, bytes);
    }

    /** Waits for what must come, as long as anything may take. */
    static ConditionFactory eventually() {
        return Awaitility.await().atMost(LIMIT).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20));
    }

    /** Looks for a while whether something stays as it is. */
    static ConditionFactory forAWhile() {
        return eventually().during(Duration.ofMillis(700));
    }

    TestKafka kafka() {
        return kafka;
    }

    TestApp app() {
        return app;
    }

    /** A gateway of the app. */
    TestGateway gateway(Component... components) {
        return gateway(Map.of(), List.of(components));
    }

    TestGateway gateway(Map<String, String> environment, List<Component> components, String... flags) {
        List<String> all = new ArrayList<>(Arrays.asList(flags));
        all.add("--app-port=" + app.port());
        TestGateway gateway = TestGateway.start(environment, components, all.toArray(String[]::new));
        gateways.add(gateway);
        return gateway;
    }

    /** Ends a gateway before the test does. */
    void stop(TestGateway gateway) {
        gateways.remove(gateway);
        gateway.close();
    }

    /** Puts records without a key into partition 0, one after the other. */
    void send(String topic, String... values) {
        for (String value : values) {
            send(topic, 0, null, value);
        }
    }

    /** Puts a record into the topic, and waits for that. */
    void send(String topic, int partition, @Nullable String key, String value) {
        send(new ProducerRecord<>(topic, partition, key == null ? null : key.getBytes(UTF_8), value.getBytes(UTF_8)));
    }

    /** @return where the record is */
    Coordinates send(ProducerRecord<byte[], byte[]> record) {
        try {
            RecordMetadata stored = producer.send(record).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            return new Coordinates(stored.topic(), stored.partition(), stored.offset());
        } catch (Exception e) {
            throw new IllegalStateException("no record for the test", e);
        }
    }

    /** The only partition that the API shows of a binding; waits until the gateway has it. */
    static JsonObject partition(TestGateway gateway, String binding) {
        return eventually()
                .until(() -> partitions(gateway, binding).getJsonArray("partitions"), shown -> shown.size() == 1)
                .getJsonObject(0);
    }

    static JsonObject partitions(TestGateway gateway, String binding) {
        return new JsonObject(
                gateway.get("/v1.0-sluice/bindings/" + binding + "/partitions").body());
    }

    /** The entries of a binding's failure ledger, newest first. */
    static List<JsonObject> failures(TestGateway gateway, String binding) {
        JsonArray failures = new JsonObject(gateway.get("/v1.0-sluice/bindings/" + binding + "/failures")
                        .body())
                .getJsonArray("failures");
        return failures.stream().map(JsonObject.class::cast).toList();
    }

    static HttpResponse<String> redeliver(
            TestGateway gateway, String binding, String topic, int partition, long offset) {
        return gateway.send(
                "POST",
                "/v1.0-sluice/bindings/" + binding + "/failures/" + topic + "/" + partition + "/" + offset
                        + "/redeliver",
                new byte[0]);
    }

    /** What the gateway says of one of its health targets. */
    static JsonObject health(TestGateway gateway, String target) {
        return new JsonObject(gateway.get("/v1.0-sluice/health").body())
                .getJsonObject("targets")
                .getJsonObject(target);
    }

    @Override
    public void close() {
        gateways.forEach(TestGateway::close);
        producer.close();
        app.close();
    }
}
