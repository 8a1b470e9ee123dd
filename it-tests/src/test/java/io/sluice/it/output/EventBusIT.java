package io.sluice.it.output;

import static io.sluice.it.gateway.TestCluster.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.core.bus.BusCodecs;
import io.sluice.core.client.BindingClient;
import io.sluice.core.message.Failure;
import io.sluice.core.message.InvokeOutcome;
import io.sluice.core.message.InvokeRequest;
import io.sluice.core.message.Reason;
import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestCluster;
import io.sluice.it.gateway.TestGateway;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Calls from another member of the gateway's cluster. */
@WithKafka
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventBusIT {
    private static final String ADDRESS = "sluice.bindings.bus.invoke";

    private TestGateway gateway;
    private Vertx member;
    private BindingClient client;
    private RecordTap tap;

    @BeforeAll
    void start(TestKafka kafka) {
        String topic = kafka.newTopic(3, Map.of());
        TestCluster cluster = TestCluster.create();
        gateway = TestGateway.start(
                Map.of(),
                List.of(
                        Component.output(kafka, "bus", topic),
                        Component.output(kafka, "unheard", topic).with("producerRequiredAcks", "none"),
                        Component.output(kafka, "waiting", "not-there-yet").with("metadataTimeout", "20s")),
                cluster.flags());
        member = cluster.join();
        BusCodecs.register(member.eventBus());
        client = new BindingClient(member);
        tap = RecordTap.on(kafka, topic);
    }

    @BeforeEach
    void forgetEarlierRecords() {
        tap.skipToEnd();
    }

    @AfterAll
    void stop() {
        tap.close();
        get(member.close());
        gateway.close();
    }

    @Test
    void jsonIsAnsweredWithAnEmptyObjectOnceItsRecordIsStored() {
        JsonObject envelope = new JsonObject()
                .put("operation", "create")
                .put("data", new JsonObject().put("b", 1).put("a", "é"))
                .put("metadata", new JsonObject().put("partitionNumber", "0").put("partitionKey", "k"));

        Object reply = get(member.eventBus().request(ADDRESS, envelope)).body();

        assertThat(reply).isEqualTo(new JsonObject());
        ConsumerRecord<byte[], byte[]> record = tap.next();
        assertThat(new String(record.value(), UTF_8)).isEqualTo("{\"b\":1,\"a\":\"é\"}");
        assertThat(record.key()).isEqualTo("k".getBytes(UTF_8));
    }

    @Test
    void jsonThatIsRefusedFailsWithTheStatusAndTheErrorOfTheHttpApi() {
        ReplyException refusal = refusal(new JsonObject().put("operation", "get"));

        assertThat(refusal.failureCode()).isEqualTo(500);
        JsonObject error = new JsonObject(refusal.getMessage());
        assertThat(error.getString("errorCode")).isEqualTo("ERR_INVOKE_OUTPUT_BINDING");
        assertThat(error.getString("message"))
                .isEqualTo("error invoking output binding bus: binding bus does not support operation get."
                        + " supported operations:create");
        assertThat(refusal(new JsonObject().put("operation", 1)).failureCode()).isEqualTo(400);
    }

    @Test
    void theClientHearsWhereItsRecordIs() {
        byte[] value = {0, -1, 1};

        InvokeOutcome outcome = get(client.invoke("bus", request(value, Map.of("partitionNumber", "0"))));

        ConsumerRecord<byte[], byte[]> record = tap.next();
        assertThat(outcome).isEqualTo(new InvokeOutcome.Stored(record.topic(), 0, record.offset()));
        assertThat(record.value()).isEqualTo(value);
        assertThat(HeaderIT.headers(record)).isEqualTo(Map.of("partitionNumber", "0"));
    }

    @Test
    void theClientCanSendATombstone() {
        get(client.invoke("bus", request(null, Map.of("partitionNumber", "0", "__key", "k"))));

        assertThat(tap.next().value()).isNull();
    }

    @Test
    void withoutAcknowledgementsNobodyKnowsTheOffset() {
        InvokeOutcome outcome = get(client.invoke("unheard", request(new byte[1], Map.of("partitionNumber", "0"))));

        assertThat(outcome).isEqualTo(new InvokeOutcome.Stored(tap.next().topic(), 0, -1));
    }

    @Test
    void theClientHearsWhyACallIsRefused() {
        assertThat(get(client.invoke("bus", request(null, Map.of("partitionNumber", "3")))))
                .isEqualTo(InvokeOutcome.refused(
                        Reason.INVALID_METADATA, "partition number 3 is out of range, topic has 3 partitions"));
        assertThat(get(client.invoke("nobody", request(null, Map.of()))))
                .isEqualTo(new InvokeOutcome.Refused(Failure.unknownBinding("nobody")));
    }

    @Test
    void aCallWithoutAnOutcomeInTimeExceedsItsDeadline() {
        BindingClient hasty = new BindingClient(member, Duration.ofMillis(300));

        assertThat(get(hasty.invoke("waiting", request(null, Map.of()))))
                .isEqualTo(new InvokeOutcome.Refused(Failure.deadlineExceeded()));
    }

    private ReplyException refusal(JsonObject envelope) {
        CompletionException failed = catchThrowableOfType(
                CompletionException.class, () -> get(member.eventBus().request(ADDRESS, envelope)));
        return (ReplyException) failed.getCause();
    }

    private static InvokeRequest request(byte[] value, Map<String, String> metadata) {
        return new InvokeRequest(InvokeRequest.CREATE, value, new LinkedHashMap<>(metadata));
    }
}
