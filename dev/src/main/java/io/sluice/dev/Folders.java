package io.sluice.dev;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Where this program finds and keeps its files. In its source tree: the tree's {@code examples/}, and Kafka's data below the
 * build folder. Anywhere else: a folder {@code sluice-dev} where it is started, with a copy of the examples to play with.
 *
 * @param components the folder of the examples' component files
 * @param kafka the folder of the embedded Kafka's data
 */
record Folders(Path components, Path kafka) {
    private static final Path COMPONENTS = Path.of("examples", "components");
    private static final Path OWN_BUILD_FILE = Path.of("dev", "pom.xml");

    /** Those of the running program. */
    static Folders find() {
        return find(program(), Path.of("").toAbsolutePath());
    }

    /**
     * @param program the jar, or the folder of classes
     * @param current where it was started
     */
    static Folders find(Path program, Path current) {
        for (Path place = program.toAbsolutePath(); place != null; place = place.getParent()) {
            if (Files.isDirectory(place.resolve(COMPONENTS)) && Files.exists(place.resolve(OWN_BUILD_FILE))) {
                return new Folders(place.resolve(COMPONENTS), program.resolveSibling("kafka"));
            }
        }
        Path own = current.resolve("sluice-dev");
        return new Folders(own.resolve("components"), own.resolve("kafka"));
    }

    /** Puts the examples there that are missing; a file that was changed stays as it is. */
    void provideExamples() {
        try {
            Files.createDirectories(components);
            for (String name : Examples.FILES) {
                provide(name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the examples to " + components, e);
        }
    }

    private void provide(String name) throws IOException {
        Path file = components.resolve(name);
        if (!Files.exists(file)) {
            String resource = "/examples/components/" + name;
            try (InputStream content = Objects.requireNonNull(Folders.class.getResourceAsStream(resource), resource)) {
                Files.copy(content, file);
            }
        }
    }

    private static Path program() {
        try {
            return Path.of(Folders.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
