package io.sluice.http.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.message.DeliveryResult.Refused;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

/** What is kept of an error that the app explains. */
class ErrorBodyTest {
    private final ErrorBody body = new ErrorBody();

    @Test
    void theFirst512BytesAreKeptHoweverTheyCome() {
        for (int i = 0; i < 100; i++) {
            body.add(Buffer.buffer("0123456789"));
        }

        assertThat(body.text()).hasSize(512).startsWith("0123456789").endsWith("01");
    }

    @Test
    void itStaysOneLineAndReadable() {
        body.add(Buffer.buffer("a\r\n\tb\u001b[31m \\ \u00fc \u202e \ud83d\ude00"));

        assertThat(body.text()).isEqualTo("a\\u000d\\u000a\\u0009b\\u001b[31m \\\\ \u00fc \\u202e \ud83d\ude00");
    }

    @Test
    void whatIsNoTextDoesNotFail() {
        body.add(Buffer.buffer(new byte[] {(byte) 0xff, 'x', (byte) 0xc3}));

        assertThat(body.text()).contains("x").doesNotContain("\n");
    }

    @Test
    void itIsInARefusalAndNotInItsReason() {
        assertThat(AppAnswer.of(500, null, null, "no such customer").result())
                .isInstanceOfSatisfying(Refused.class, refused -> {
                    assertThat(refused.answer()).isEqualTo("no such customer");
                    assertThat(refused.reason()).doesNotContain("customer");
                });
        assertThat(AppAnswer.of(200, null, null, "x").result()).isNotInstanceOf(Refused.class);
    }
}
