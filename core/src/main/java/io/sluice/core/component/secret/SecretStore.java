package io.sluice.core.component.secret;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Where a {@code secretKeyRef} finds its value. Blocks on files. */
public interface SecretStore {
    /** Whether there is a secret of that name, with whatever keys. */
    boolean has(String secret);

    /**
     * The value of one key of a secret.
     *
     * @return empty when the secret, or the key in it, is not there
     * @throws IOException when it is there and cannot be read
     */
    Optional<String> value(String secret, String key) throws IOException;

    /** The file that holds this value alone, whether it is there or not; empty for a store that has no such files. */
    default Optional<Path> source(String secret, String key) {
        return Optional.empty();
    }
}
