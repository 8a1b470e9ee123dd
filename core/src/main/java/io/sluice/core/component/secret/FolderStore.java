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
        return isPlain(secret) && Files.isDirectory(root.resolve(secret));
    }

    @Override
    public Optional<String> value(String secret, String key) throws IOException {
        Optional<Path> file = source(secret, key).filter(Files::isRegularFile);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        String text = Files.readString(file.get(), StandardCharsets.UTF_8);
        return Optional.of(LAST_LINE_BREAK.matcher(text).replaceFirst(""));
    }

    @Override
    public Optional<Path> source(String secret, String key) {
        return isPlain(secret) && isPlain(key)
                ? Optional.of(root.resolve(secret).resolve(key))
                : Optional.empty();
    }

    private static boolean isPlain(String name) {
        return PLAIN_NAME.matcher(name).matches();
    }
}
