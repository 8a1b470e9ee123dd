package io.sluice.core.component.secret;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * {@code secretstores.local.file}: a JSON file, read once.
 *
 * <p>Nested names are joined by a separator ({@code a:b}) into one secret with one key of the same name. With several
 * values per secret, the outermost name is the secret and what is joined below it are its keys.
 */
final class LocalFileStore implements SecretStore {
    private final Map<String, Map<String, String>> secrets = new HashMap<>();

    private LocalFileStore() {}

    /** @throws IOException when the file cannot be read or is no JSON object; without a word of what is in it */
    static SecretStore read(Path file, String separator, boolean multiValued) throws IOException {
        JsonObject json;
        try {
            json = new JsonObject(Files.readString(file, StandardCharsets.UTF_8));
        } catch (DecodeException e) {
            throw new IOException("it is not a JSON object");
        }
        var store = new LocalFileStore();
        if (multiValued) {
            json.forEach(entry -> flatten(
                    "",
                    entry.getValue(),
                    separator,
                    (path, value) -> store.add(entry.getKey(), path.isEmpty() ? entry.getKey() : path, value)));
        } else {
            flatten("", json, separator, (path, value) -> store.add(path, path, value));
        }
        return store;
    }

    private void add(String secret, String key, String value) {
        secrets.computeIfAbsent(secret, name -> new HashMap<>()).put(key, value);
    }

    private static void flatten(String path, Object value, String separator, BiConsumer<String, String> found) {
        String prefix = path.isEmpty() ? "" : path + separator;
        if (value instanceof JsonObject object) {
            object.forEach(entry -> {
                if (entry.getValue() != null) {
                    flatten(prefix + entry.getKey(), entry.getValue(), separator, found);
                }
            });
        } else if (value instanceof JsonArray list) {
            for (int i = 0; i < list.size(); i++) {
                if (list.getValue(i) != null) {
                    flatten(prefix + i, list.getValue(i), separator, found);
                }
            }
        } else if (value != null) {
            found.accept(path, value.toString());
        }
    }

    @Override
    public boolean has(String secret) {
        return secrets.containsKey(secret);
    }

    @Override
    public Optional<String> value(String secret, String key) {
        return Optional.ofNullable(secrets.getOrDefault(secret, Map.of()).get(key));
    }
}
