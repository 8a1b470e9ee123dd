package io.sluice.it.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Markdown page of the repository. */
record Page(Path file, String text) {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern FENCED = Pattern.compile("^```.*?^```", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern HEADING = Pattern.compile("^#+ (.+)$", Pattern.MULTILINE);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

    static Page read(Path file) {
        try {
            return new Page(file, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All of them but what is built or fetched. */
    static Stream<Page> all() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files
                    .filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> Stream.of("target", "node_modules", "venv", ".git")
                            .noneMatch(
                                    folder -> ROOT.relativize(file).toString().contains(folder + "/")))
                    .map(Page::read)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where its links lead, those to other sites left out. */
    Stream<String> links() {
        return LINK.matcher(FENCED.matcher(text).replaceAll(""))
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.contains(":"));
    }

    /** Whether a browser finds the place of a link: the file, and in a page the heading. */
    boolean leadsSomewhere(String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? file : file.resolveSibling(parts[0]).normalize();
        return Files.exists(target)
                && (parts.length == 1 || read(target).anchors().anyMatch(parts[1]::equals));
    }

    private Stream<String> anchors() {
        return HEADING.matcher(FENCED.matcher(text).replaceAll("")).results().map(heading -> heading.group(1)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{Alnum}\\- _]", "")
                .replace(' ', '-'));
    }

    @Override
    public String toString() {
        return ROOT.relativize(file).toString();
    }
}
