package io.sluice.core.envelope;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The hand-written bodies of {@code corpus.txt}. */
final class Corpus {
    private Corpus() {}

    record Entry(boolean accepted, String line, byte[] body) {
        @Override
        public String toString() {
            return line;
        }
    }

    static List<Entry> entries() {
        try (var file = Objects.requireNonNull(Corpus.class.getResourceAsStream("corpus.txt"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(Corpus::entry)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Entry entry(String line) {
        boolean accepted = line.startsWith("yes ");
        if (!accepted && !line.startsWith("no  ")) {
            throw new IllegalArgumentException("neither yes nor no: " + line);
        }
        return new Entry(accepted, line, bytes(line.substring(4)));
    }

    /** The bytes of a text in which {@code %XX} is a byte in hexadecimal digits. */
    private static byte[] bytes(String text) {
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] == '%') {
                bytes.write(Integer.parseInt(new String(raw, i + 1, 2, StandardCharsets.US_ASCII), 16));
                i += 2;
            } else {
                bytes.write(raw[i]);
            }
        }
        return bytes.toByteArray();
    }
}
