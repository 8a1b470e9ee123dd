package io.sluice.auth.tls;

import io.sluice.core.binding.Secret;
import java.nio.file.Path;

/** What decrypts a key. */
public sealed interface KeyPassword {
    /**
     * The password as it is now. Blocks while a file is read.
     *
     * @throws PemException when the file cannot be read
     */
    Secret read();

    /** One that a setting holds. */
    record Given(Secret password) implements KeyPassword {
        @Override
        public Secret read() {
            return password;
        }
    }

    /**
     * One in a file, which may change: all of it but the end of its last line.
     *
     * @param field what the setting with the path is called, for messages
     */
    record InFile(String field, Path file) implements KeyPassword {
        @Override
        public Secret read() {
            String content = new PemSource(field, file.toString()).readFile();
            return new Secret(content.replaceFirst("\\R\\z", ""));
        }
    }
}
