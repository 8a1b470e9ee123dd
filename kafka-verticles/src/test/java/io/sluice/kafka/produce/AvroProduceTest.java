package io.sluice.kafka.produce;

import static io.sluice.kafka.produce.OutputHarness.create;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.binding.SchemaSettings.ValueSchemaType;
import io.sluice.core.message.Failure;
import io.sluice.core.message.InvokeOutcome.Stored;
import io.sluice.core.message.InvokeRequest;
import io.sluice.core.message.Reason;
import io.sluice.kafka.produce.FakeProducer.Sent;
import io.sluice.kafka.produce.OutputHarness.Answer;
import io.sluice.kafka.schema.registry.FakeRegistry;
import io.sluice.kafka.schema.registry.SchemaKey.Latest;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AvroProduceTest {
    private static final Latest LATEST = new Latest("orders-topic-value");
    private static final Map<String, String> AVRO = Map.of("valueSchemaType", "Avro");

    private final Bindings bindings = Bindings.with();
    private FakeRegistry registry;
    private OutputHarness harness;

    @BeforeEach
    void start() throws Exception {
        registry = new FakeRegistry();
        registry.schema(LATEST.subject(), 1, 7, FakeRegistry.NUMBERED);
        bindings.registry = List.of(registry.url());
        harness = new OutputHarness();
    }

    @AfterEach
    void stop() throws Exception {
        registry.release();
        harness.close();
        registry.close();
    }

    @Test
    void aValueIsEncodedWithTheLatestSchemaAndTheRestStays() throws Exception {
        harness.deploy(bindings);

        harness.call("orders", 1, create("{\"n\":-1}", Map.of("valueSchemaType", "Avro", "partitionKey", "k")));

        Sent sent = stored();
        assertThat(sent.record().value()).containsExactly(0, 0, 0, 0, 7, 1);
        assertThat(sent.record().key()).asString().isEqualTo("k");
        assertThat(sent.record().headers().toArray()).hasSize(2);
        assertThat(harness.nextAnswer()).isEqualTo(new Answer(1, new Stored("orders-topic", 0, 0)));
        assertThat(bytesInFlight()).isZero();
    }

    @Test
    void recordsThatWaitForTheirSchemaKeepTheirOrder() throws Exception {
        harness.deploy(bindings);
        registry.hold();
        harness.call("orders", 1, avro(1), avro(2));
        Awaitility.await().until(() -> registry.questions(LATEST) == 1);
        for (int n = 3; n < 200; n++) {
            harness.call("orders", n, avro(n));
        }

        registry.release();
        harness.call("orders", 200, avro(200));

        for (int n = 1; n <= 200; n++) {
            assertThat(number(stored())).isEqualTo(n);
        }
        assertThat(registry.questions(LATEST)).isOne();
    }

    @Test
    void whatWaitsForItsSchemaForACallerWhoIsGoneIsNotSent() throws Exception {
        harness.deploy(bindings);
        registry.hold();
        harness.call("orders", 1, avro(1), avro(2));
        Awaitility.await().until(() -> registry.questions(LATEST) == 1);

        harness.withdraw("orders", 1);

        Answer withdrawn = harness.nextAnswer();
        assertThat(withdrawn.id()).isOne();
        assertThat(withdrawn.failure().detail()).isEqualTo("the caller is gone");
        registry.release();
        assertThat(number(stored())).isEqualTo(2);
        assertThat(harness.nextAnswer().id()).isEqualTo(2);
        assertThat(bytesInFlight()).isZero();
    }

    @Test
    void aRecordThatWaitsForItsSchemaKeepsNobodyElse() throws Exception {
        harness.deploy(bindings);
        registry.hold();
        harness.call("orders", 1, avro(1));

        harness.call("orders", 2, create("2"));

        assertThat(stored().record().value()).asString().isEqualTo("2");
        assertThat(harness.nextAnswer().id()).isEqualTo(2);
        assertThat(bytesInFlight()).isBetween(90.0, 130.0);
    }

    @Test
    void theBindingsTypeCountsWhenTheRequestSaysNothing() throws Exception {
        bindings.schemaType = ValueSchemaType.AVRO;
        harness.deploy(bindings);

        harness.call("orders", 1, create("{\"n\":1}"));
        harness.call("orders", 2, create("{\"n\":1}", Map.of("valueSchemaType", "None")));
        harness.call("orders", 3, new InvokeRequest("create", null, Map.of()));

        var values = List.of(stored(), stored(), stored());
        assertThat(values)
                .extracting(sent ->
                        sent.record().value() == null ? -1 : sent.record().value().length)
                .containsExactlyInAnyOrder(6, 7, -1);
    }

    @Test
    void aVersionOrAnIdOfTheRequestIsUsed() throws Exception {
        registry.schema(LATEST.subject(), 2, 8, "{\"type\":\"map\",\"values\":\"int\"}");
        harness.deploy(bindings);

        harness.call("orders", 1, create("{\"n\":1}", Map.of("valueSchemaType", "Avro", "valueSchemaVersion", "1")));
        assertThat(stored().record().value()).containsExactly(0, 0, 0, 0, 7, 2);
        harness.call("orders", 2, create("{}", Map.of("valueSchemaType", "Avro", "valueSchemaId", "8")));
        assertThat(stored().record().value()).containsExactly(0, 0, 0, 0, 8, 0);
    }

    @Test
    void whatDoesNotFitTheSchemaIsRefusedWithItsPath() throws Exception {
        harness.deploy(bindings);

        harness.call("orders", 1, create("{\"n\":\"x\"}", AVRO), create("{\"n\":1}", AVRO));

        Failure failure = harness.nextAnswer().failure();
        assertThat(failure.reason()).isEqualTo(Reason.SCHEMA);
        assertThat(failure.detail()).startsWith("$.n: ").doesNotContain("\"x\"");
        assertThat(number(stored())).isOne();
    }

    @Test
    void aSubjectThatTheRegistryDoesNotHaveIsItsAnswer() throws Exception {
        bindings.topic = "other";
        harness.deploy(bindings);

        harness.call("orders", 1, avro(1));

        assertThat(harness.nextAnswer().failure())
                .isEqualTo(new Failure(Reason.SCHEMA, "{\"error_code\":40401,\"message\":\"Subject not found.\"}"));
        assertThat(bytesInFlight()).isZero();
    }

    @Test
    void aRegistryThatIsAwayIsTheReasonAndSchemasThatAreKnownGoOn() throws Exception {
        harness.deploy(bindings);
        harness.call("orders", 1, avro(1));
        stored();
        harness.nextAnswer();
        registry.leave();

        harness.call("orders", 2, create("{}", Map.of("valueSchemaType", "Avro", "valueSchemaVersion", "2")), avro(3));

        assertThat(number(stored())).isEqualTo(3);
        assertThat(harness.nextAnswer().id()).isEqualTo(3);
        Answer refused = harness.nextAnswer();
        assertThat(refused.id()).isEqualTo(2);
        assertThat(refused.failure().detail()).startsWith("schema registry at 127.0.0.1:");
    }

    @Test
    void theEncodedValueIsHeldAgainstTheLimit() throws Exception {
        registry.schema(LATEST.subject(), 2, 8, "{\"type\":\"array\",\"items\":\"boolean\"}");
        harness.deploy(bindings);

        harness.call("orders", 1, create(booleans(800), AVRO));
        assertThat(stored().record().value()).hasSizeBetween(800, 820);
        harness.nextAnswer();
        harness.call("orders", 2, create(booleans(1024), AVRO));

        assertThat(harness.nextAnswer().failure().reason()).isEqualTo(Reason.RECORD_TOO_LARGE);
    }

    @Test
    void whatWaitsWhenTheBindingIsClosedIsRefused() throws Exception {
        harness.deploy(bindings);
        registry.hold();
        harness.call("orders", 1, avro(1));
        Awaitility.await().until(() -> registry.questions(LATEST) == 1);

        OutputHarness.await(harness.outputs.undeploy("orders"));

        assertThat(harness.nextAnswer().failure()).isEqualTo(new Failure(Reason.CLOSED, "component is closed"));
        assertThat(harness.producer().sent).isEmpty();
    }

    /** The next record that comes to Kafka, which takes it. */
    private Sent stored() throws InterruptedException {
        Sent sent = harness.producer().nextSent();
        sent.acknowledge(0, 0);
        return sent;
    }

    private static InvokeRequest avro(int n) {
        return create("{\"n\":" + n + "}", AVRO);
    }

    private static String booleans(int count) {
        return "[" + "true,".repeat(count - 1) + "true]";
    }

    /** Of a value of the schema: a zigzag number. */
    private static int number(Sent sent) {
        byte[] value = sent.record().value();
        int zigzag = value[5] & 0x7f | (value.length > 6 ? value[6] << 7 : 0);
        return zigzag >>> 1;
    }

    private double bytesInFlight() {
        return harness.meters.get("sluice_output_bytes_in_flight").gauge().value();
    }
}
