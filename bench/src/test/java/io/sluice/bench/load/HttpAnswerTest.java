package io.sluice.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HttpAnswerTest {
    private static final String STORED = "HTTP/1.1 204 No Content\r\ndate: today\r\n\r\n";
    private static final String FAILED = "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 5\r\n\r\nwrong";

    @Test
    void anAnswerIsWholeWithItsLastByteAndNotBefore() {
        assertWholeOnlyAtItsEnd(STORED, 204);
        assertWholeOnlyAtItsEnd(FAILED, 500);
    }

    @Test
    void theNameOfAHeaderMayBeInAnyCase() {
        String lower = FAILED.replace("Content-Length", "content-length");

        assertThat(status(lower, lower.length())).isEqualTo(500);
    }

    @Test
    void bytesAfterTheAnswerAreAnError() {
        assertThatThrownBy(() -> status(STORED + "x", STORED.length() + 1)).hasMessageContaining("after the end");
    }

    @Test
    void anAnswerWhoseEndIsUnknownIsAnError() {
        String chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";

        assertThatThrownBy(() -> status(chunked, chunked.length())).hasMessageContaining("Content-Length");
    }

    @Test
    void anythingButHttpIsAnError() {
        assertThatThrownBy(() -> status("SSH-2.0-something\r\n\r\n", 21)).hasMessageContaining("HTTP/1.1");
    }

    private static void assertWholeOnlyAtItsEnd(String answer, int status) {
        for (int length = 0; length < answer.length(); length++) {
            assertThat(status(answer, length)).as("%d bytes", length).isZero();
        }
        assertThat(status(answer, answer.length())).isEqualTo(status);
    }

    private static int status(String answer, int length) {
        return HttpAnswer.statusIfWhole(answer.getBytes(StandardCharsets.ISO_8859_1), length);
    }
}
