package io.sluice.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTextTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "configuration.md");
    private static final String TABLE_START = "<!-- table of flags: made from Flag.java -->\n";
    private static final String TABLE_END = "<!-- end of the table -->\n";

    @ParameterizedTest
    @EnumSource(Flag.class)
    void theHelpTellsEveryFlagWithItsDefault(Flag flag) {
        String help = HelpText.help();
        assertThat(help).contains("\n  " + flag.option());
        assertThat(help.replaceAll("\\s+", " ")).contains(flag.meaning()).contains("default " + flag.defaultValue());
    }

    @Test
    void theHelpFitsATerminal() {
        assertThat(HelpText.help().lines())
                .allMatch(line -> line.length() <= 105)
                .noneMatch(line -> line.contains("@|"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-help", "-h", "--version", "-version"})
    void helpAndVersionAreAnsweredWhateverElseIsWrong(String question) {
        assertThat(SettingsReader.read(List.of("--nonsense", question), Map.of()))
                .isInstanceOf(Invocation.Print.class);
    }

    /** Run with {@code -Dsluice.docs.write=true} to write the table. */
    @Test
    void theDocumentHasTheTableOfFlags() throws IOException {
        String document = Files.readString(DOCUMENT);
        int start = document.indexOf(TABLE_START) + TABLE_START.length();
        int end = document.indexOf(TABLE_END);
        if (Boolean.getBoolean("sluice.docs.write")) {
            Files.writeString(DOCUMENT, document.substring(0, start) + HelpText.markdown() + document.substring(end));
        } else {
            assertThat(document.substring(start, end)).isEqualTo(HelpText.markdown());
        }
    }
}
