package io.sluice.kafka.consume;

import static io.sluice.kafka.consume.InputHarness.P0;
import static io.sluice.kafka.consume.InputHarness.P1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.core.binding.DeliverySettings.FailurePolicy;
import io.sluice.core.binding.SchemaSettings;
import io.sluice.core.binding.SchemaSettings.Anonymous;
import io.sluice.core.binding.SchemaSettings.Registry;
import io.sluice.core.binding.SchemaSettings.ValueSchemaType;
import io.sluice.core.bus.Addresses;
import io.sluice.core.message.RecordHeader;
import io.sluice.kafka.consume.InputHarness.Call;
import io.sluice.kafka.schema.registry.FakeRegistry;
import io.sluice.kafka.schema.registry.SchemaKey.Id;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AvroDeliveryTest {
    private static final Id SEVEN = new Id(7);

    private final Inputs binding = Inputs.with();
    private FakeRegistry registry;
    private InputHarness harness;

    @BeforeEach
    void start() throws Exception {
        registry = new FakeRegistry();
        registry.schema("t-value", 1, 7, FakeRegistry.NUMBERED);
        var where = new Registry(List.of(registry.url()), new Anonymous(), new SchemaSettings.Tls(null, null, null));
        binding.schema = new SchemaSettings(where, true, Duration.ofMinutes(5), false, ValueSchemaType.AVRO);
        binding.deliveryTimeout = Duration.ofMillis(500);
        harness = new InputHarness();
    }

    @AfterEach
    void stop() throws Exception {
        registry.release();
        harness.close();
        registry.close();
    }

    @Test
    void avroIsDeliveredAsJson() throws Exception {
        FakeConsumer consumer = harness.deploy(binding, P0);

        consumer.add(P0, 0, "k", avro(1), "Content-Type", "avro/binary", "a", "b", "Sluice-Avro", "raw");
        Call call = harness.nextCall();
        call.acknowledge();
        consumer.add(P0, 1, null, avro(-1));

        assertThat(call.delivery.value()).asString().isEqualTo("{\"n\":1}");
        assertThat(call.delivery.key()).asString().isEqualTo("k");
        assertThat(call.delivery.headers()).extracting(RecordHeader::name).containsExactly("a");
        assertThat(harness.nextCall().delivery.value()).asString().isEqualTo("{\"n\":-1}");
        assertThat(registry.questions(SEVEN)).isOne();
    }

    @Test
    void whatIsNotFramedIsDeliveredAsItIsAndSaysSo() throws Exception {
        FakeConsumer consumer = harness.deploy(binding, P0);
        byte[] tooShort = {0, 0, 0, 7};

        consumer.add(P0, 0, null, "{\"n\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_8), "content-type", "x/y");
        Call json = harness.nextCall();
        json.acknowledge();
        consumer.add(P0, 1, null, tooShort);
        Call cut = harness.nextCall();
        cut.acknowledge();
        consumer.add(P0, 2, null, (byte[]) null);
        Call tombstone = harness.nextCall();

        assertThat(json.delivery.value()).asString().isEqualTo("{\"n\":1}");
        assertThat(json.delivery.headers())
                .extracting(header -> header.name() + ": " + header.text())
                .containsExactly("content-type: x/y", "sluice-avro: raw");
        assertThat(cut.delivery.value()).isEqualTo(tooShort);
        assertThat(tombstone.delivery.value()).isNull();
        assertThat(tombstone.delivery.headers()).isEmpty();
    }

    @Test
    void aRecordWaitsForTheRegistryAndOthersGoOn() throws Exception {
        registry.schema("other", 1, 8, "\"int\"");
        FakeConsumer consumer = harness.deploy(binding, P0, P1);
        consumer.add(P0, 0, null, avro(1));
        harness.nextCall().acknowledge();
        registry.answerAlways(503, "");

        consumer.add(P1, 0, null, new byte[] {0, 0, 0, 0, 8, 84});
        consumer.add(P1, 1, null, avro(3));
        consumer.add(P0, 1, null, avro(2));

        assertThat(harness.nextCall().delivery.coordinates().partition()).isZero();
        await().until(() -> lastErrors().contains("503 Service Unavailable"));
        assertThat(harness.unreadCalls()).isEmpty();
        registry.recover();

        Call waited = harness.nextCall();
        waited.acknowledge();
        assertThat(waited.delivery.value()).asString().isEqualTo("42");
        assertThat(harness.nextCall().delivery.value()).asString().isEqualTo("{\"n\":3}");
        assertThat(failures()).isEqualTo("[]");
        assertThat(harness.meters.get("sluice_input_skipped").counter().count()).isZero();
    }

    @Test
    void bytesThatAreNoDataOfTheirSchemaFollowTheFailurePolicy() throws Exception {
        binding.failurePolicy = FailurePolicy.DEAD_LETTER;
        binding.deadLetterTopic = "dead";
        FakeConsumer consumer = harness.deploy(binding, P0);
        byte[] broken = {0, 0, 0, 0, 7, 2, 9, 9};

        consumer.add(P0, 0, null, broken);

        await().until(() -> harness.producer.history().size() == 1);
        ProducerRecord<byte[], byte[]> letter = harness.producer.history().get(0);
        harness.producer.completeNext();
        assertThat(letter.value()).isEqualTo(broken);
        assertThat(new String(letter.headers().lastHeader("sluice.dlq.reason").value()))
                .startsWith("the value is no data of schema 7: ");
        assertThat(harness.unreadCalls()).isEmpty();
    }

    @Test
    void aSchemaThatTheRegistryDoesNotHaveIsARefusal() throws Exception {
        FakeConsumer consumer = harness.deploy(binding, P0);

        consumer.add(P0, 0, null, new byte[] {0, 0, 0, 0, 9, 2});
        consumer.add(P0, 1, null, avro(1));

        assertThat(harness.nextCall().offset()).isOne();
        assertThat(failures()).contains("Subject not found").contains("\"outcome\":\"skipped\"");
    }

    @Test
    void a404ThatIsNotTheRegistrysSkipsNothing() throws Exception {
        registry.answerAlways(404, "no such route");
        FakeConsumer consumer = harness.deploy(binding, P0);

        consumer.add(P0, 0, null, avro(1));

        await().until(() -> lastErrors().contains("404 Not Found"));
        registry.recover();
        assertThat(harness.nextCall().offset()).isZero();
    }

    @Test
    void aRedeliveredRecordIsDecodedToo() throws Exception {
        harness.deploy(binding, P0);
        harness.readable(P0, 5, new String(avro(4), java.nio.charset.StandardCharsets.UTF_8));

        var answer = harness.redeliver("t", 0, 5);
        Call call = harness.nextCall();
        call.acknowledge();

        assertThat(call.delivery.value()).asString().isEqualTo("{\"n\":4}");
        InputHarness.await(answer);
    }

    /** Of the schema with the id 7. */
    private static byte[] avro(int n) {
        return new byte[] {0, 0, 0, 0, 7, (byte) (n << 1 ^ n >> 31)};
    }

    private String failures() throws Exception {
        return harness.ask(Addresses.failures("orders"), new JsonObject())
                .getJsonArray("failures")
                .encode();
    }

    private String lastErrors() throws Exception {
        return harness.ask(Addresses.partitions("orders"), new JsonObject()).encode();
    }
}
