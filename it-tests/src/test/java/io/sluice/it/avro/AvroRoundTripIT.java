package io.sluice.it.avro;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.avro.TestRegistry.Reference;
import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import io.sluice.it.input.TestApp;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the gateway writes, Avro's own library reads; and what that writes, the app gets as JSON. */
@WithKafka
@WithRegistry
class AvroRoundTripIT {
    private static final String MONEY = """
            {"type": "record", "name": "shop.Money", "fields": [
              {"name": "amount", "type": {"type": "bytes", "logicalType": "decimal", "precision": 12, "scale": 2}},
              {"name": "currency", "type": {"type": "enum", "name": "shop.Currency", "symbols": ["EUR", "CHF"]}}]}""";
    private static final String ORDER = """
            {"type": "record", "name": "shop.Order", "fields": [
              {"name": "id", "type": "long"},
              {"name": "note", "type": ["null", "string"], "default": null},
              {"name": "total", "type": "shop.Money"},
              {"name": "tags", "type": {"type": "array", "items": "string"}, "default": []},
              {"name": "prices", "type": {"type": "map", "values": "shop.Money"}}]}""";
    private static final String JSON = """
            {"id": 9007199254740993, "total": {"amount": 12.50, "currency": "CHF"},
             "prices": {"one": {"amount": "0.01", "currency": "EUR"}}}""";
    private static final Schema SCHEMA = schema();

    private final TestApp app = new TestApp().listen();
    private TestKafka kafka;
    private String topic;
    private int id;
    private TestGateway gateway;

    private static Schema schema() {
        Schema.Parser parser = new Schema.Parser();
        parser.parse(MONEY);
        return parser.parse(ORDER);
    }

    @BeforeEach
    void start(TestKafka sharedKafka, TestRegistry registry) {
        kafka = sharedKafka;
        topic = kafka.newTopic();
        registry.register(topic + "-money", MONEY);
        id = registry.register(topic + "-value", ORDER, new Reference("shop.Money", topic + "-money", 1));
        gateway = TestGateway.start(
                Map.of(),
                List.of(Component.output(kafka, "orders", topic)
                        .without("direction")
                        .with("topics", topic)
                        .with("initialOffset", "oldest")
                        .with("consumerGroup", "of-" + topic)
                        .with("schemaRegistryURL", "http://127.0.0.1:1, " + registry.url() + "/")
                        .with("valueSchemaType", "Avro")),
                "--app-port=" + app.port());
    }

    @AfterEach
    void stop() {
        gateway.close();
        app.close();
    }

    @Test
    void avrosOwnReaderReadsWhatTheGatewayWrites() {
        HttpResponse<String> answer = gateway.call("orders", TestGateway.envelope(JSON));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
        byte[] value = onlyRecord().value();
        assertThat(value[0]).isZero();
        assertThat(AvroBytes.id(value)).isEqualTo(id);
        GenericRecord order = AvroBytes.read(SCHEMA, value);
        assertThat(order.get("id")).isEqualTo(9007199254740993L);
        assertThat(order.get("note")).isNull();
        assertThat(order.get("tags")).hasToString("[]");
        GenericRecord total = (GenericRecord) order.get("total");
        assertThat(total.get("amount")).isEqualTo(ByteBuffer.wrap(new byte[] {4, (byte) 0xe2}));
        assertThat(total.get("currency")).hasToString("CHF");
        assertThat(order.get("prices")).hasToString("{one={\"amount\": \"\\u0001\", \"currency\": \"EUR\"}}");
    }

    @Test
    void theAppGetsWhatAvrosOwnWriterWritesAsJson() {
        GenericRecord money = new GenericRecordBuilder(SCHEMA.getField("total").schema())
                .set("amount", ByteBuffer.wrap(new byte[] {-1}))
                .set("currency", new GenericData.EnumSymbol(currency(), "EUR"))
                .build();
        GenericRecord order = new GenericRecordBuilder(SCHEMA)
                .set("id", Long.MIN_VALUE)
                .set("note", "n\u00e9\u0000")
                .set("total", money)
                .set("tags", List.of("a", "b"))
                .set("prices", Map.of())
                .build();

        send(AvroBytes.write(SCHEMA, id, order), "content-type", "avro/binary");

        TestApp.Call call = delivered(1).get(0);
        assertThat(call.header("content-type")).startsWith("application/json");
        assertThat(call.text())
                .isEqualTo("{\"id\":-9223372036854775808,\"note\":\"n\u00e9\\u0000\","
                        + "\"total\":{\"amount\":-0.01,\"currency\":\"EUR\"},\"tags\":[\"a\",\"b\"],\"prices\":{}}");
    }

    @Test
    void whatIsProducedIsDeliveredAsTheSameJson() {
        gateway.call("orders", TestGateway.envelope(JSON));

        JsonObject expected = new JsonObject(JSON).put("tags", List.of()).putNull("note");
        expected.getJsonObject("prices").getJsonObject("one").put("amount", 0.01);
        assertThat(new JsonObject(delivered(1).get(0).text())).isEqualTo(expected);
    }

    @Test
    void valuesThatAreNotAvroAreDeliveredAsTheyAre() {
        gateway.call("orders", "{\"operation\":\"create\",\"data\":[1],\"metadata\":{\"valueSchemaType\":\"None\"}}");
        gateway.call("orders", "{\"operation\":\"create\",\"metadata\":{\"partitionKey\":\"gone\"}}");

        List<TestApp.Call> calls = delivered(2);
        assertThat(calls.get(0).text()).isEqualTo("[1]");
        assertThat(calls.get(0).header("sluice-avro")).isEqualTo("raw");
        assertThat(calls.get(1).text()).isEqualTo("null");
        assertThat(calls.get(1).header("sluice-avro")).isNull();
        assertThat(kafka.readAll(topic).get(1).value()).isNull();
    }

    @Test
    void aBodyThatIsTheValueItselfIsEncodedToo() {
        HttpResponse<String> answer = gateway.send(
                "POST", "/v1.0-sluice/bindings/orders/raw?metadata.valueSchemaType=avro", JSON.getBytes(UTF_8));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
        assertThat(AvroBytes.id(onlyRecord().value())).isEqualTo(id);
    }

    @Test
    void dataThatDoesNotFitIsRefusedWithItsPathAndNothingIsProduced() {
        HttpResponse<String> answer = gateway.call(
                "orders",
                TestGateway.envelope(
                        "{\"id\": 1, \"prices\": {}, \"total\": {\"amount\": \"1.234\", \"currency\": \"EUR\"}}"));

        assertThat(answer.statusCode()).isEqualTo(500);
        JsonObject error = new JsonObject(answer.body());
        assertThat(error.getString("errorCode")).isEqualTo("ERR_INVOKE_OUTPUT_BINDING");
        assertThat(error.getString("message"))
                .startsWith("error invoking output binding orders: $.total.amount: ")
                .doesNotContain("1.234");
        assertThat(kafka.readAll(topic)).isEmpty();
    }

    /** As they stand there but for addresses and the topic. */
    @Test
    void theExamplesOfTheGuideWork(TestRegistry registry) {
        List<String> examples = Guide.examples();
        String readings = kafka.newTopic();
        String component = examples.get(0)
                .replace("localhost:9092", kafka.bootstrapServers())
                .replace("http://localhost:8081", registry.url().toString())
                .replace("value: readings", "value: " + readings);
        registry.register(readings + "-value", examples.get(1));
        Path folder = TestGateway.folderWith(Map.of("readings.yaml", component));
        try (TestGateway ofTheGuide = TestGateway.start(folder, Map.of(), "--app-port=" + app.port())) {
            assertThat(ofTheGuide.call("readings", Guide.body(examples.get(2))).statusCode())
                    .isEqualTo(204);
            HttpResponse<String> refused = ofTheGuide.call("readings", Guide.body(examples.get(4)));

            assertThat(delivered(1).get(0).text()).isEqualTo(examples.get(3));
            assertThat(refused.statusCode()).isEqualTo(500);
            assertThat(refused.body()).isEqualTo(examples.get(5));
        }
    }

    private static Schema currency() {
        return SCHEMA.getField("total").schema().getField("currency").schema();
    }

    private ConsumerRecord<byte[], byte[]> onlyRecord() {
        List<ConsumerRecord<byte[], byte[]>> records = kafka.readAll(topic);
        assertThat(records).hasSize(1);
        return records.get(0);
    }

    private void send(byte[] value, String header, String text) {
        ByteArraySerializer bytes = new ByteArraySerializer();
        Map<String, Object> config = Map.of("bootstrap.servers", kafka.bootstrapServers());
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, value);
        record.headers().add(header, text.getBytes(UTF_8));
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(config, bytes, bytes)) {
            producer.send(record);
        }
    }

    private List<TestApp.Call> delivered(int count) {
        return Awaitility.await().atMost(Duration.ofSeconds(20)).until(app::deliveries, calls -> calls.size() >= count);
    }
}
