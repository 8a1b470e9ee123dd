package io.sluice.it.input;

import static io.sluice.it.input.Stage.eventually;
import static io.sluice.it.input.Stage.forAWhile;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestCluster;
import io.sluice.it.gateway.TestGateway;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Records for a program in another member of the gateway's cluster. */
@WithKafka
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventBusDeliveryIT {
    private static final String EVENTS = "sluice.bindings.in.events";

    private final List<JsonObject> events = new CopyOnWriteArrayList<>();
    private final List<JsonObject> settled = new CopyOnWriteArrayList<>();
    private Stage stage;
    private TestCluster cluster;
    private Vertx program;
    private TestGateway gateway;
    private String topic;
    private MessageConsumer<JsonObject> listener;

    @BeforeAll
    void start(TestKafka kafka) {
        stage = new Stage(kafka);
        topic = kafka.newTopic();
        cluster = TestCluster.create();
        program = cluster.join();
        TestCluster.get(program.eventBus()
                .<JsonObject>consumer("sluice.bindings.in.tap", message -> settled.add(message.body()))
                .completion());
        gateway = stage.gateway(
                Map.of(),
                List.of(Component.input(kafka, "in", topic)
                        .with("delivery", "eventbus")
                        .with("deliveryTimeout", "1s")),
                cluster.flags());
    }

    @BeforeEach
    void forgetEarlierRecords() {
        events.clear();
        settled.clear();
    }

    @AfterEach
    void stopListening() {
        if (listener != null) {
            TestCluster.get(listener.unregister());
            listener = null;
        }
    }

    @AfterAll
    void stop() {
        TestCluster.get(program.close());
        stage.close();
    }

    @Test
    void aReplyAcknowledgesARecordAndTheTapTells() {
        listen(message -> message.reply(null));
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topic, 0, 1_700_000_000_123L, "key".getBytes(UTF_8), "{\"a\":[1]}".getBytes(UTF_8));
        record.headers().add("h", "é".getBytes(UTF_8));

        stage.send(record);

        eventually().until(() -> settled.size() == 1);
        JsonObject event = events.get(0);
        assertThat(event.getString("topic")).isEqualTo(topic);
        assertThat(event.getInteger("partition")).isZero();
        assertThat(event.getLong("offset")).isEqualTo(settled.get(0).getLong("offset"));
        assertThat(event.getLong("timestamp")).isEqualTo(1_700_000_000_123L);
        assertThat(event.getString("key")).isEqualTo("key");
        assertThat(event.getJsonObject("headers")).isEqualTo(new JsonObject().put("h", "é"));
        assertThat(event.getBinary("value")).isEqualTo("{\"a\":[1]}".getBytes(UTF_8));
        assertThat(event.getJsonObject("data")).isEqualTo(new JsonObject("{\"a\":[1]}"));
        assertThat(settled.get(0).getString("topic")).isEqualTo(topic);
        assertThat(settled.get(0).getInteger("partition")).isZero();
        assertThat(settled.get(0).getString("outcome")).isEqualTo("acknowledged");
        assertThat(settled.get(0).getInteger("attempts")).isOne();
        assertThat(stage.app().deliveries()).isEmpty();
    }

    @Test
    void aValueThatIsNoJsonHasNoDataAndATombstoneNoValue() {
        listen(message -> message.reply(null));

        stage.send(new ProducerRecord<>(topic, 0, null, new byte[] {0, -1}));
        stage.send(new ProducerRecord<>(topic, 0, null, null));

        eventually().until(() -> settled.size() == 2);
        assertThat(events.get(0).getBinary("value")).isEqualTo(new byte[] {0, -1});
        assertThat(events.get(0).containsKey("data")).isFalse();
        assertThat(events.get(1).getValue("value")).isNull();
        assertThat(events.get(1).containsKey("data")).isFalse();
    }

    @Test
    void aFailedReplyIsARefusalAndNoReplyInTimeAsWell() {
        listen(message -> {
            if (message.body().getString("data").equals("bad")) {
                message.fail(422, "no");
            } else if (message.body().getString("data").equals("good")) {
                message.reply(null);
            }
        });
        int before = Stage.failures(gateway, "in").size();

        stage.send(topic, "\"bad\"", "\"silent\"", "\"good\"");

        eventually().until(() -> settled.size() == 3);
        assertThat(settled.stream().map(end -> end.getString("outcome")))
                .containsExactly("skipped", "skipped", "acknowledged");
        List<JsonObject> failures = Stage.failures(gateway, "in");
        assertThat(failures).hasSize(before + 2);
        assertThat(failures.get(1).getInteger("status")).isEqualTo(422);
        assertThat(failures.get(0).getString("reason")).contains("in time");
    }

    @Test
    void aRecordWaitsWhileNobodyListens() {
        int before = Stage.failures(gateway, "in").size();

        stage.send(topic, "\"waits\"");
        eventually().until(() -> Stage.partition(gateway, "in").getInteger("windowRecords") == 1);
        forAWhile().until(() -> settled.isEmpty());
        listen(message -> message.reply(null));

        eventually().until(() -> settled.size() == 1);
        assertThat(events).hasSize(1);
        assertThat(settled.get(0).getString("outcome")).isEqualTo("acknowledged");
        assertThat(Stage.failures(gateway, "in")).hasSize(before);
    }

    private void listen(Handler<Message<JsonObject>> handler) {
        listener = program.eventBus().consumer(EVENTS, message -> {
            events.add(message.body());
            handler.handle(message);
        });
        TestCluster.get(listener.completion());
    }
}
