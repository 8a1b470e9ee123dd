package io.sluice.auth.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * A setting that holds a PEM text or the path of a file with one.
 *
 * @param field what the setting is called, for messages
 * @param textOrPath as the user wrote it
 */
public record PemSource(String field, String textOrPath) {
    private static final int LARGEST_FILE = 1 << 20;

    /** Whether the PEM is in a file, which may change. */
    public boolean isFile() {
        return !textOrPath.contains("-----BEGIN ");
    }

    /**
     * The text as it is now. Blocks while a file is read.
     *
     * @throws PemException when the file cannot be read
     */
    PemText read() {
        return new PemText(this, isFile() ? readFile() : textOrPath);
    }

    /**
     * What the file holds now, whatever it is; blocks.
     *
     * @throws PemException when it cannot be read
     */
    String readFile() {
        try {
            Path file = Path.of(textOrPath.strip());
            // Also keeps a named pipe from blocking for ever.
            if (!Files.isRegularFile(file)) {
                throw new PemException(this, "is no file");
            }
            if (Files.size(file) > LARGEST_FILE) {
                throw new PemException(this, "is larger than 1 MiB");
            }
            // What stands between the PEM blocks may be in any encoding.
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException | InvalidPathException e) {
            throw new PemException(this, "cannot be read");
        }
    }

    /** The field and its file, never a text. */
    @Override
    public String toString() {
        return isFile() ? field + " (" + textOrPath.strip() + ")" : field;
    }
}
