package io.sluice.kafka.consume.failure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.message.Delivery;
import io.sluice.core.message.Delivery.Coordinates;
import io.sluice.core.message.RecordHeader;
import io.sluice.kafka.consume.failure.FailedRecord.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LetterFormTest {
    private static final Coordinates AT = new Coordinates("t", 3, 42);

    @Test
    void theReasonGivesWayBeforeTheCoordinatesAndThoseBeforeTheRecord() {
        String reason = "x".repeat(500);

        assertThat(forms(reason))
                .containsExactly(
                        LetterForm.WHOLE,
                        LetterForm.REASON_CUT,
                        LetterForm.WITHOUT_REASON,
                        LetterForm.COORDINATES,
                        LetterForm.BARE);
        assertThat(forms("short")).doesNotContain(LetterForm.REASON_CUT);
    }

    @ParameterizedTest
    @EnumSource(LetterForm.class)
    void whateverGivesWayTheRecordIsWhole(LetterForm form) {
        ProducerRecord<byte[], byte[]> letter = letter(form, "because");

        assertThat(letter.key()).asString().isEqualTo("k");
        assertThat(letter.value()).asString().isEqualTo("v");
        assertThat(letter.headers().lastHeader("own").value()).asString().isEqualTo("1");
    }

    @Test
    void eachFormTellsLessThanTheOneBefore() {
        assertThat(names(LetterForm.WHOLE)).hasSize(8).contains("sluice.dlq.reason");
        assertThat(names(LetterForm.WITHOUT_REASON)).hasSize(7).doesNotContain("sluice.dlq.reason");
        assertThat(names(LetterForm.COORDINATES))
                .containsExactlyInAnyOrder("sluice.dlq.topic", "sluice.dlq.partition", "sluice.dlq.offset");
        assertThat(names(LetterForm.BARE)).isEmpty();
    }

    @Test
    void aReasonIsCutBetweenCharacters() {
        byte[] cut = LetterForm.REASON_CUT.reason("a" + "\uD83D\uDE00".repeat(100));

        assertThat(cut).hasSize(97);
        assertThat(new String(cut, UTF_8)).isEqualTo("a" + "\uD83D\uDE00".repeat(24));
        assertThat(LetterForm.REASON_CUT.reason("a".repeat(99) + "\uD83D\uDE00"))
                .asString(UTF_8)
                .isEqualTo("a".repeat(99));
    }

    private static List<LetterForm> forms(String reason) {
        var forms = new ArrayList<LetterForm>();
        Optional<LetterForm> next = Optional.of(LetterForm.WHOLE);
        for (; next.isPresent(); next = next.get().smaller(reason)) {
            forms.add(next.get());
        }
        return forms;
    }

    private static List<String> names(LetterForm form) {
        return StreamSupport.stream(letter(form, "because").headers().spliterator(), false)
                .map(Header::key)
                .filter(name -> name.startsWith("sluice."))
                .toList();
    }

    private static ProducerRecord<byte[], byte[]> letter(LetterForm form, String reason) {
        var headers = List.of(new RecordHeader("own", "1".getBytes(UTF_8)));
        var delivery = new Delivery(AT, 1, "k".getBytes(UTF_8), "v".getBytes(UTF_8), headers);
        var failed = new FailedRecord(AT, 1, 500, reason, "", 2, Outcome.DEAD_LETTERED);
        return DeadLetter.of("orders", delivery, failed, "dead", form);
    }
}
