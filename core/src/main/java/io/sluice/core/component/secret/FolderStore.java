package io.sluice.core.component.secret;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Secrets as Kubernetes mounts them: in {@code root} a folder per secret, in it a file per key, possibly a link through
 * {@code ..data}. Read at each call, so a rotated secret is seen. One line break at the end is not part of the value.
 */
public record FolderStore(Path root) implements SecretStore {
    /** Kubernetes' own rule for keys; keeps names from leading out of the folder. */
    private static final Pattern PLAIN_NAME = Pattern.compile("(?!\\.\\.)[-._a-zA-Z0-9]+");

    private static final Pattern LAST_LINE_BREAK = Pattern.compile("\\r?\\n\\z");

    @Override
    public boolean has(String secret) {
        return PLAIN_NAME.matcher(secret).matches() && Files.isDirectory(root.resolve(secret));
    }

    @Override
    public Optional<String> value(String secret, String key) throws IOException {
        if (!has(secret) || !PLAIN_NAME.matcher(key).matches()) {
            return Optional.empty();
        }
        Path file = root.resolve(secret).resolve(key);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        String text = Files.readString(file, StandardCharsets.UTF_8);
        return Optional.of(LAST_LINE_BREAK.matcher(text).replaceFirst(""));
    }
}
