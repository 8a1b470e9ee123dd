package io.sluice.it.silence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever looks up what health says finds it on the page about troubles. */
class TroubleshootingTest {
    private static final Path PAGE = Path.of("..", "docs", "troubleshooting.md");

    @ParameterizedTest
    @EnumSource
    void everyTroubleHasARowWithItsSymptom(Trouble trouble) throws IOException {
        assertThat(Files.readAllLines(PAGE))
                .anyMatch(line -> line.startsWith("| ") && line.contains(trouble.symptom()));
    }
}
