package io.sluice.bench.floor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bench.load.OrderSchema;
import io.vertx.core.json.JsonObject;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;

class AvroFormTest {
    private static final String ORDER =
            "{\"id\": 1000000042, \"customer\": \"c\", \"status\": \"paid\", \"amount\": 1249.95,"
                    + " \"currency\": \"EUR\", \"lines\": [{\"sku\": \"A-100\", \"count\": 2}], \"note\": \"n\"}";

    @Test
    void everyOrderIsReadBackByAvroBehindFiveBytes() throws Exception {
        var form = new AvroForm();
        form.bytes(new JsonObject(ORDER));

        byte[] framed = form.bytes(new JsonObject(ORDER));

        assertThat(framed).startsWith(0, 0, 0, 0, OrderSchema.ID);
        var reader = new GenericDatumReader<Object>(new Schema.Parser().parse(OrderSchema.TEXT));
        Object order = reader.read(null, DecoderFactory.get().binaryDecoder(framed, 5, framed.length - 5, null));
        assertThat(order).hasToString(ORDER);
    }
}
