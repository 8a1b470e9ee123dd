package io.sluice.dev;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class RecordTextTest {
    @Test
    void aRecordIsShownWithItsPlaceItsKeyAndItsValue() {
        assertThat(text("key1", "{\"message\":\"Hi\"}")).isEqualTo("orders/0@17 key=key1 {\"message\":\"Hi\"}");
    }

    @Test
    void aRecordWithoutKeyIsShownWithoutOne() {
        assertThat(text(null, "1")).isEqualTo("orders/0@17 1");
    }

    @Test
    void aTombstoneIsShownAsNull() {
        assertThat(text("key1", null)).isEqualTo("orders/0@17 key=key1 (null)");
    }

    @Test
    void controlCharactersCannotReachTheTerminal() {
        assertThat(text("a\nb", "\u001b[2J\u009b\u202e"))
                .isEqualTo("orders/0@17 key=a\\u{a}b \\u{1b}[2J\\u{9b}\\u{202e}");
    }

    @Test
    void bytesThatAreNotTextAreReplaced() {
        assertThat(RecordText.of(new ConsumerRecord<>("orders", 0, 17, null, new byte[] {'a', -1, 'b'})))
                .isEqualTo("orders/0@17 a\ufffdb");
    }

    @Test
    void aLongValueIsCut() {
        assertThat(text(null, "é".repeat(1001))).isEqualTo("orders/0@17 " + "é".repeat(1000) + "… (2002 bytes)");
    }

    private static String text(String key, String value) {
        return RecordText.of(new ConsumerRecord<>("orders", 0, 17, bytes(key), bytes(value)));
    }

    private static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(UTF_8);
    }
}
