package io.sluice.kafka.schema.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class AvroCodecTest {
    private static final String ORDER = """
            {"type":"record","name":"Order","namespace":"shop","fields":[
              {"name":"id","type":"long"},
              {"name":"customer","type":"string"},
              {"name":"note","type":["null","string"],"default":null},
              {"name":"items","type":{"type":"array","items":{"type":"record","name":"Item","fields":[
                {"name":"sku","type":"string"},{"name":"count","type":"int","default":1},
                {"name":"price","type":"double"}]}}}]}""";

    @Test
    void whatIsWrittenIsReadByAvroItself() throws Exception {
        byte[] avro = Codecs.encode(Codecs.plain(ORDER), """
                {"customer":"Ann","id":9007199254740993,"items":[{"sku":"a","price":1.5}]}""");

        var order = (GenericRecord) Codecs.read(Codecs.schema(ORDER), avro);

        assertThat(order.toString())
                .isEqualTo("{\"id\": 9007199254740993, \"customer\": \"Ann\", \"note\": null,"
                        + " \"items\": [{\"sku\": \"a\", \"count\": 1, \"price\": 1.5}]}");
    }

    @Test
    void thePrefixIsLeftFree() throws Exception {
        byte[] framed = Codecs.plain("\"long\"").encode("1".getBytes(StandardCharsets.UTF_8), 5);

        assertThat(framed).containsExactly(0, 0, 0, 0, 0, 2);
        assertThat(Codecs.plain("\"long\"").decodeToJson(framed, 5)).isEqualTo(new byte[] {'1'});
    }

    @Test
    void anErrorNamesThePathTheExpectedTypeAndTheFoundOne() {
        assertThatExceptionOfType(AvroMismatch.class)
                .isThrownBy(() -> Codecs.encode(Codecs.plain(ORDER), """
                        {"id":1,"customer":"Ann","items":[{"sku":"a","price":1},{"sku":"b","price":"secret"}]}"""))
                .withMessage("$.items[1].price: expected double, found a string");
    }
}
