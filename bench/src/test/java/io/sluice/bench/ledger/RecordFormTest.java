package io.sluice.bench.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecordFormTest {
    @Test
    void theNumberOfAnAvroRecordIsItsFirstField() {
        assertThat(RecordForm.AVRO.numberIn(new byte[] {0, 0, 0, 0, 1, (byte) 0xa8, 0x01, 9}))
                .isEqualTo(84);
    }

    @Test
    void whatIsNoAvroRecordHasNoNumber() {
        assertThat(RecordForm.AVRO.numberIn(new byte[0])).isEqualTo(-1);
        assertThat(RecordForm.AVRO.numberIn(new byte[] {0, 0, 0, 0, 1})).isEqualTo(-1);
        assertThat(RecordForm.AVRO.numberIn(new byte[] {0, 0, 0, 0, 1, (byte) 0xa8}))
                .isEqualTo(-1);
        assertThat(RecordForm.AVRO.numberIn("{\"id\":84}".getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
                .isEqualTo(-1);
    }
}
