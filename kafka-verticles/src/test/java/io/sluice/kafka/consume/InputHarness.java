package io.sluice.kafka.consume;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.core.binding.AuthSettings;
import io.sluice.core.bus.Addresses;
import io.sluice.core.bus.BusCodecs;
import io.sluice.core.bus.DeliveryBatch;
import io.sluice.core.bus.DeliveryGate;
import io.sluice.core.bus.SettlementBatch;
import io.sluice.core.health.Health;
import io.sluice.core.message.Delivery;
import io.sluice.core.message.DeliveryResult;
import io.sluice.kafka.client.Cluster;
import io.sluice.kafka.client.ClusterQuery;
import io.sluice.kafka.client.KafkaClients;
import io.sluice.kafka.produce.KafkaServices;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.awaitility.Awaitility;

/** Input bindings on a real event bus between a fake Kafka and an app that the test plays. */
final class InputHarness implements KafkaClients {
    static final TopicPartition P0 = new TopicPartition("t", 0);
    static final TopicPartition P1 = new TopicPartition("t", 1);

    private static final DeliveryOptions LOCAL = new DeliveryOptions().setLocalOnly(true);

    final Vertx vertx = Vertx.vertx();
    final Health health = new Health();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final List<FakeConsumer> consumers = new CopyOnWriteArrayList<>();
    final Map<TopicPartition, OffsetAndMetadata> group = new ConcurrentHashMap<>();
    final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    final InputBindings inputs;
    private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
    private MessageConsumer<DeliveryBatch> app;
    private volatile boolean open;
    /** Whether the group has a member with the binding's instance id. */
    volatile boolean instanceTaken;

    private volatile Supplier<Consumer<byte[], byte[]>> readable;

    /** A record as the app has it. */
    final class Call {
        final Delivery delivery;
        private final String replyTo;
        private final long id;
        private final BooleanSupplier wanted;

        private Call(Delivery delivery, String replyTo, long id, BooleanSupplier wanted) {
            this.delivery = delivery;
            this.replyTo = replyTo;
            this.id = id;
            this.wanted = wanted;
        }

        boolean isWanted() {
            return wanted.getAsBoolean();
        }

        long offset() {
            return delivery.coordinates().offset();
        }

        void acknowledge() {
            answer(DeliveryResult.ACKNOWLEDGED);
        }

        void refuse() {
            answer(new DeliveryResult.Refused(500, "status 500"));
        }

        void answer(DeliveryResult result) {
            vertx.eventBus().send(replyTo, new SettlementBatch(new long[] {id}, new DeliveryResult[] {result}), LOCAL);
        }
    }

    InputHarness() throws Exception {
        this(true);
    }

    InputHarness(boolean appHasPort) throws Exception {
        inputs = new InputBindings(vertx, new KafkaServices(health, meters, "app", null), appHasPort, this);
        BusCodecs.register(vertx.eventBus());
        if (appHasPort) {
            answerGateQuestions();
        }
        appComes();
    }

    void appComes() throws Exception {
        app = vertx.eventBus().localConsumer(Addresses.deliver("orders"), message -> {
            DeliveryBatch batch = message.body();
            for (int i = 0; i < batch.size(); i++) {
                int index = i;
                calls.add(new Call(batch.delivery(i), batch.replyTo(), batch.id(i), () -> batch.isWanted(index)));
            }
        });
        await(app.completion());
    }

    private void answerGateQuestions() throws Exception {
        await(vertx.eventBus()
                .localConsumer(Addresses.deliveryGateAsked(), question -> gate(open))
                .completion());
    }

    void appGoes() throws Exception {
        await(app.unregister());
    }

    void gate(boolean nowOpen) {
        open = nowOpen;
        vertx.eventBus()
                .publish(
                        Addresses.deliveryGate("orders"),
                        new DeliveryGate("orders", open, open ? "" : "the app is ill"),
                        LOCAL);
    }

    /** Deploys, opens the gate, and gives the first consumer. */
    FakeConsumer deploy(Inputs binding, TopicPartition... partitions) throws Exception {
        await(inputs.deploy(binding.binding()));
        gate(true);
        FakeConsumer consumer = consumer(0);
        consumer.assign(partitions);
        return consumer;
    }

    FakeConsumer consumer(int index) {
        Awaitility.await().until(() -> consumers.size() > index);
        return consumers.get(index);
    }

    Call nextCall() throws InterruptedException {
        Call next = calls.poll(5, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing was delivered");
        }
        return next;
    }

    List<Call> unreadCalls() {
        return List.copyOf(calls);
    }

    JsonObject ask(String address, JsonObject question) throws Exception {
        return await(vertx.eventBus().<JsonObject>request(address, question, LOCAL))
                .body();
    }

    /** What the next reader of single records finds, besides an offset before it that holds none. */
    void readable(TopicPartition partition, long offset, String value, String... headers) {
        readable = () -> FakeReader.with(partition, offset, value, headers);
    }

    Future<JsonObject> redeliver(String topic, int partition, long offset) {
        JsonObject coordinates =
                new JsonObject().put("topic", topic).put("partition", partition).put("offset", offset);
        return vertx.eventBus()
                .<JsonObject>request(Addresses.redeliver("orders"), coordinates, LOCAL)
                .map(Message::body);
    }

    static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    void close() throws Exception {
        await(inputs.close());
        await(vertx.close());
    }

    @Override
    public Consumer<byte[], byte[]> consumer(
            AuthSettings auth, Map<String, Object> properties, Deserializer<byte[]> keys, Deserializer<byte[]> values) {
        if (!properties.containsKey("group.id")) {
            return readable.get();
        }
        var consumer = new FakeConsumer(group);
        consumers.add(consumer);
        return consumer;
    }

    @Override
    public Producer<byte[], byte[]> producer(AuthSettings auth, Map<String, Object> properties) {
        return producer;
    }

    @Override
    public ClusterQuery query(Cluster cluster) {
        return new ClusterQuery() {
            @Override
            public Future<Void> ask() {
                return Future.succeededFuture();
            }

            @Override
            public Future<Map<String, Uuid>> topicIds(Set<String> topics) {
                return Future.succeededFuture(Map.of());
            }

            @Override
            public Future<Map<String, List<Set<TopicPartition>>>> assignments(Set<String> groups) {
                return Future.succeededFuture(Map.of());
            }

            @Override
            public Future<Boolean> hasInstance(String group, String instanceId) {
                return Future.succeededFuture(instanceTaken);
            }

            @Override
            public Future<Void> close() {
                return Future.succeededFuture();
            }
        };
    }
}
