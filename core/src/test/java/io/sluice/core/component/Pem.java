package io.sluice.core.component;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Key material for tests; {@code changeit} opens the encrypted key. */
public enum Pem {
    CERTIFICATE("certificate.pem"),
    KEY("key.pem"),
    ENCRYPTED_KEY("encrypted-key.pem");

    private final Path file;

    Pem(String name) {
        this.file = Path.of("src", "test", "resources", "pem", name);
    }

    public String path() {
        return file.toString();
    }

    public String text() {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
