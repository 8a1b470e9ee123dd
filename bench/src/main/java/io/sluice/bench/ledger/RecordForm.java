package io.sluice.bench.ledger;

import java.io.IOException;
import org.apache.avro.io.DecoderFactory;

/** What the values of a topic are, and where their number is. */
public enum RecordForm {
    /** JSON; the number is the first {@code "id"}. */
    JSON {
        @Override
        long numberIn(byte[] value) {
            return RecordIds.numberIn(value);
        }
    },
    /** Avro behind a zero byte and the four bytes of the schema's id; the number is the first field. */
    AVRO {
        @Override
        long numberIn(byte[] value) {
            if (value.length <= FRAME || value[0] != 0) {
                return -1;
            }
            try {
                return DecoderFactory.get()
                        .binaryDecoder(value, FRAME, value.length - FRAME, null)
                        .readLong();
            } catch (IOException e) {
                return -1;
            }
        }
    };

    private static final int FRAME = 5;

    /** The number in the value, or -1 if the value holds none. */
    abstract long numberIn(byte[] value);
}
