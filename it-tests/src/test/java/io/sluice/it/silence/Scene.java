package io.sluice.it.silence;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.dev.kafka.EmbeddedKafka;
import io.sluice.dev.kafka.EmbeddedKafkaSettings;
import io.sluice.it.auth.OidcKafka;
import io.sluice.it.auth.OidcServer;
import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import io.sluice.it.input.TestApp;
import io.sluice.it.input.TestApp.Call;
import io.sluice.it.input.TestApp.Reply;
import io.sluice.it.kafka.TestKafka;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The Kafkas, apps and servers that the troubles are made with. */
final class Scene implements AutoCloseable {
    static final String SECRET = "secret";
    static final Duration TOKEN_LIFE = Duration.ofSeconds(4);

    final TestKafka kafka;
    final TestApp app = new TestApp().listen();
    final OidcServer tokens = new OidcServer().up();
    final StubRegistry registry = new StubRegistry();

    private static final String HEAP = "sluice.heap-bytes";

    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final Set<String> held = ConcurrentHashMap.newKeySet();
    private final Map<String, Queue<Promise<Reply>>> open = new ConcurrentHashMap<>();
    private final KafkaProducer<byte[], byte[]> producer;
    private final EmbeddedKafkaSettings fragileSettings;
    private EmbeddedKafka fragile;
    private String fragileAddress = "";
    private OidcKafka locked;

    private Scene(TestKafka kafka, Path folder) {
        this.kafka = kafka;
        this.producer = producer(kafka.bootstrapServers());
        this.fragileSettings =
                EmbeddedKafkaSettings.in(folder.resolve("fragile")).withTopics(Map.of("down", 1));
        app.reply(this::reply);
        app.answerOthers(call -> refused.contains(call.path()) ? 404 : 200);
        tokens.expect("gateway", SECRET);
        tokens.issueFor(TOKEN_LIFE);
    }

    static Scene open(TestKafka kafka, Path folder) {
        var scene = new Scene(kafka, folder);
        var locked = CompletableFuture.supplyAsync(
                () -> OidcKafka.start(scene.tokens, Duration.ofHours(1), Map.of("token", 1)));
        scene.fragile = EmbeddedKafka.start(scene.fragileSettings);
        scene.fragileAddress = scene.fragile.bootstrapServers();
        scene.locked = locked.join();
        return scene;
    }

    private static KafkaProducer<byte[], byte[]> producer(String brokers) {
        var bytes = new ByteArraySerializer();
        return new KafkaProducer<>(Map.of("bootstrap.servers", brokers, "linger.ms", "0"), bytes, bytes);
    }

    private Future<Reply> reply(Call call) {
        if (held.contains(call.path())) {
            Promise<Reply> promise = Promise.promise();
            open.computeIfAbsent(call.path(), path -> new ConcurrentLinkedQueue<>())
                    .add(promise);
            return promise.future();
        }
        boolean refuses = refused.contains(call.path()) && call.text().startsWith("bad");
        return Future.succeededFuture(Reply.of(refuses ? 418 : 200));
    }

    /** The app answers what comes to that path no more. */
    void hold(String path) {
        held.add(path);
    }

    /** The app answers what it has, and what comes. */
    void answerAll(String path) {
        held.remove(path);
        open.get(path).forEach(promise -> promise.tryComplete(Reply.of(200)));
    }

    /** The app refuses records that are bad, and the question whether it wants any. */
    void refuse(String path) {
        refused.add(path);
    }

    void refuseNoMore(String path) {
        refused.remove(path);
    }

    /** A Kafka that may end. */
    String fragileBrokers() {
        return fragileAddress;
    }

    void endFragile() {
        fragile.close();
    }

    void startFragileAgain() {
        int port = Integer.parseInt(fragileAddress.substring(fragileAddress.indexOf(':') + 1));
        fragile = EmbeddedKafka.start(fragileSettings.withPort(port));
    }

    /** A binding whose Kafka asks for a token. */
    Component locked(String name) {
        return locked.binding(name, "gateway", SECRET).with("metadataTimeout", "2s");
    }

    void send(String topic, String... values) throws Exception {
        for (String value : values) {
            send(topic, "key", value.getBytes(UTF_8));
        }
    }

    void send(String topic, String key, byte[] value) throws Exception {
        send(producer, topic, key, value);
    }

    void sendTo(String brokers, String topic, String value) throws Exception {
        try (var other = producer(brokers)) {
            send(other, topic, "key", value.getBytes(UTF_8));
        }
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, String topic, String key, byte[] value)
            throws Exception {
        producer.send(new ProducerRecord<>(topic, 0, key.getBytes(UTF_8), value))
                .get(20, TimeUnit.SECONDS);
    }

    void create(String topic) throws Exception {
        kafka.admin()
                .createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty())))
                .all()
                .get(20, TimeUnit.SECONDS);
    }

    /** The group has committed an offset whose record is no longer in the log. */
    void removeBehind(String group, String topic) throws Exception {
        var partition = new TopicPartition(topic, 0);
        kafka.admin()
                .alterConsumerGroupOffsets(group, Map.of(partition, new OffsetAndMetadata(1)))
                .all()
                .get(20, TimeUnit.SECONDS);
        kafka.admin()
                .deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(3)))
                .all()
                .get(20, TimeUnit.SECONDS);
    }

    TestGateway gateway(Path components, String... flags) {
        return TestGateway.start(components, Map.of(), flags);
    }

    /** One that takes itself for a process with so little memory. */
    TestGateway smallGateway(Path components, String... flags) {
        System.setProperty(HEAP, "8000000");
        try {
            return gateway(components, flags);
        } finally {
            System.clearProperty(HEAP);
        }
    }

    @Override
    public void close() {
        producer.close();
        app.close();
        registry.close();
        locked.close();
        tokens.close();
        fragile.close();
    }
}
