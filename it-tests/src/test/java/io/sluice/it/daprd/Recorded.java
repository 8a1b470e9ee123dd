package io.sluice.it.daprd;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a real daprd was seen to do, and what Sluice does.
 *
 * @param tried what it was given
 * @param daprd what it did
 * @param sluice the same, or what is right here instead; the file says why
 */
record Recorded(String tried, String daprd, String sluice) {
    private static final String SAME = "same";

    /** The lines of a file {@code TRIED | DAPRD | SLUICE}, without empty ones and those that begin with a {@code #}. */
    static Stream<Recorded> in(String file) {
        try (InputStream content = Objects.requireNonNull(Recorded.class.getResourceAsStream("/daprd/" + file), file)) {
            return new String(content.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(Recorded::parse);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Recorded parse(String line) {
        String[] parts = line.split(" \\| ");
        if (parts.length != 3) {
            throw new IllegalArgumentException(line);
        }
        String sluice = parts[2].equals(SAME) ? parts[1] : parts[2].split(" # ", 2)[0];
        return new Recorded(parts[0], parts[1], sluice);
    }

    @Override
    public String toString() {
        return tried;
    }
}
