package io.sluice.core.component;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A folder of component files to be loaded for the app {@code app1}; messages have the folder's path cut off. */
final class Loading {
    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private @Nullable String namespace;
    private @Nullable Path mountedSecrets;
    private final UUID run = UUID.randomUUID();

    Loading(Path folder) {
        this.folder = folder;
    }

    Loading file(String name, String content) {
        try {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.writeString(folder.resolve(name), content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file {@code k.yaml} with one correct component {@code orders} and this at the end of its metadata. */
    Loading orders(String metadata) {
        return file("k.yaml", component("orders", metadata, ""));
    }

    /** A correct binding with {@code metadata} as further items and {@code rest} as further top-level keys. */
    static String component(String name, String metadata, String rest) {
        return """
            apiVersion: dapr.io/v1alpha1
            kind: Component
            metadata:
              name: %s
            spec:
              type: bindings.kafka
              version: v1
              metadata:
              - {name: brokers, value: "localhost:9092"}
              - {name: authType, value: none}
              - {name: publishTopic, value: orders}
              - {name: maxMessageBytes, value: 1048576}
            %s
            %s
            """.formatted(name, metadata.strip().indent(2), rest.strip());
    }

    /** A component of any type. */
    static String other(String name, String type, String metadata) {
        return """
            apiVersion: dapr.io/v1alpha1
            kind: Component
            metadata: {name: %s}
            spec:
              type: %s
              metadata: %s
            """.formatted(name, type, metadata);
    }

    Loading environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Loading namespace(String name) {
        namespace = name;
        return this;
    }

    Loading mountedSecrets(Path path) {
        mountedSecrets = path;
        return this;
    }

    LoadResult load() {
        return load(List.of(folder));
    }

    LoadResult load(List<Path> folders) {
        var result =
                ComponentLoader.load(new LoaderSettings(folders, "app1", namespace, environment, mountedSecrets, run));
        return new LoadResult(
                result.bindings(),
                result.stores(),
                cut(result.problems()),
                cut(result.warnings()),
                result.leftOut(),
                result.unread(),
                result.sources());
    }

    private List<String> cut(List<String> lines) {
        return lines.stream().map(line -> line.replace(folder + "/", "")).toList();
    }
}
