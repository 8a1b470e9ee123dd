package io.sluice.core.binding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HeaderNamesTest {
    private static final Path GUIDE = Path.of("..", "docs", "delivery.md");

    @Test
    void theGuideNamesTheHeadersThatStayBehindOverHttp() throws IOException {
        var names = new TreeSet<>(HeaderNames.OF_REQUESTS.canonical())
                .stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));

        assertThat(Files.readString(GUIDE).replaceAll("\\s+", " ")).contains(names);
    }
}
