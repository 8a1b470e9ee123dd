package io.sluice.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A Markdown file with blocks between {@code <!-- NAME -->} and {@code <!-- /NAME -->} that runs replace. */
public final class ResultsFile {
    private ResultsFile() {}

    /** @throws IllegalStateException if the file has no such block */
    public static void replace(Path file, String name, String block) throws IOException {
        Files.writeString(file, replaced(Files.readString(file), name, block));
    }

    static String replaced(String text, String name, String block) {
        String begin = "<!-- " + name + " -->\n";
        int from = text.indexOf(begin);
        int to = text.indexOf("<!-- /" + name + " -->");
        if (from < 0 || to < from) {
            throw new IllegalStateException("no block " + name + " to replace");
        }
        return text.substring(0, from + begin.length()) + "\n" + block + "\n" + text.substring(to);
    }
}
