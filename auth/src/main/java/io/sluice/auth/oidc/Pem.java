package io.sluice.auth.oidc;

import io.sluice.auth.token.TokenException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A field of a component that holds a PEM text or the path of a file with one. */
final class Pem {
    private static final String MARKER = "-----BEGIN ";

    private Pem() {}

    /** The text; reads the file anew each time, so it blocks. */
    static String text(String field, String textOrPath) throws TokenException {
        if (textOrPath.contains(MARKER)) {
            return textOrPath;
        }
        try {
            return Files.readString(Path.of(textOrPath.strip()), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new TokenException(field + ": the file " + textOrPath.strip() + " cannot be read");
        }
    }
}
