package io.sluice.app.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SettlingTest {
    private final Settling settling = new Settling();

    @Test
    void filesThatWereNeverReadAreDueOnceTheyHaveBeenAsTheyAreForATurn() {
        assertThat(settling.isDue(files(1))).isFalse();
        assertThat(settling.isDue(files(1))).isTrue();
    }

    @Test
    void filesThatWereReadAreNotDueAgain() {
        read(1);

        assertThat(settling.isDue(files(1))).isFalse();
        assertThat(settling.isDue(files(1))).isFalse();
    }

    @Test
    void aFileThatIsBeingWrittenIsLeftInPeace() {
        read(1);

        assertThat(IntStream.range(2, 20).anyMatch(size -> settling.isDue(files(size))))
                .isFalse();
        assertThat(settling.isDue(files(19))).isTrue();
    }

    @Test
    void whatChangesWhileItIsReadIsReadAgain() {
        settling.isDue(files(1));
        settling.isDue(files(1));
        settling.reading();
        settling.read(true);

        assertThat(settling.isDue(files(2))).isFalse();
        assertThat(settling.isDue(files(2))).isTrue();
    }

    @Test
    void aChangeThatIsTakenBackBeforeItWasReadIsNone() {
        read(1);
        settling.isDue(files(2));

        assertThat(settling.isDue(files(1))).isFalse();
        assertThat(settling.isDue(files(1))).isFalse();
    }

    @Test
    void whatIsWrongIsReadAgainAfterAWhile() {
        settling.isDue(files(1));
        settling.isDue(files(1));
        settling.reading();
        settling.read(false);

        assertThat(IntStream.range(1, Settling.TURNS_TO_ANOTHER_TRY).anyMatch(turn -> settling.isDue(files(1))))
                .isFalse();
        assertThat(settling.isDue(files(1))).isTrue();
    }

    private void read(int size) {
        settling.isDue(files(size));
        settling.isDue(files(size));
        settling.reading();
        settling.read(true);
    }

    private static Snapshot files(int size) {
        Path file = Path.of("k.yaml");
        return new Snapshot(Map.of(file, new Snapshot.Look(file, size, FileTime.fromMillis(0), null)));
    }
}
