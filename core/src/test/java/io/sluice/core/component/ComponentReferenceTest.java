package io.sluice.core.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docs/components.md} says what the fields' declarations say; {@code -Dsluice.docs.write} makes it so. */
class ComponentReferenceTest {
    private static final Path PAGE = Path.of("..", "docs", "components.md");
    private static final Path README = Path.of("..", "README.md");
    private static final String FIRST = "<!-- fields: made from their declarations -->\n";
    private static final String LAST = "<!-- end of the fields -->\n";

    @Test
    void thePageShowsEveryFieldAsItIsDeclared() throws IOException {
        String expected = ComponentReference.page();
        if (System.getProperty("sluice.docs.write") != null) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, expected);
        }

        assertThat(Files.readString(PAGE))
                .as("docs/components.md; run this test with -Dsluice.docs.write to rewrite it")
                .isEqualTo(expected);
    }

    @Test
    void theReadmeShowsTheSameFields() throws IOException {
        String text = Files.readString(README);
        int from = text.indexOf(FIRST) + FIRST.length();
        int to = text.indexOf(LAST);
        String expected = ComponentReference.overview();
        if (System.getProperty("sluice.docs.write") != null) {
            text = text.substring(0, from) + expected + text.substring(to);
            Files.writeString(README, text);
        }

        assertThat(text)
                .as("README.md; run this test with -Dsluice.docs.write to rewrite it")
                .contains(FIRST + expected + LAST);
    }
}
