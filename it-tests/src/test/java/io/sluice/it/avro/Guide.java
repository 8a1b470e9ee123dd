package io.sluice.it.avro;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page {@code docs/avro.md}. */
final class Guide {
    private static final Path PAGE = Path.of("..", "docs", "avro.md");
    private static final Pattern BLOCK = Pattern.compile("```(?:yaml|json|sh)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern BODY = Pattern.compile("-d '(.*)'");

    private Guide() {}

    /** What stands in blocks, in the order of the page. */
    static List<String> examples() {
        try {
            return BLOCK.matcher(Files.readString(PAGE))
                    .results()
                    .map(block -> block.group(1).strip())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a command line of curl sends. */
    static String body(String curl) {
        Matcher body = BODY.matcher(curl);
        if (!body.find()) {
            throw new IllegalArgumentException("no -d in " + curl);
        }
        return body.group(1);
    }
}
