package io.sluice.dev;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What {@code examples/} holds, and where it is. */
final class Examples {
    /** The topics its components name, and their partitions. */
    static final Map<String, Integer> TOPICS = Map.of("orders", 3);

    private static final Path COMPONENTS = Path.of("examples", "components");

    private Examples() {}

    /** The folder of component files of the source tree that this program was built in. */
    static Path components() {
        for (Path place = program(); place != null; place = place.getParent()) {
            if (Files.isDirectory(place.resolve(COMPONENTS))) {
                return place.resolve(COMPONENTS);
            }
        }
        return COMPONENTS.toAbsolutePath();
    }

    /** Where Kafka's data goes: beside the program, below the build folder. */
    static Path kafkaFolder() {
        return program().resolveSibling("kafka");
    }

    /** The jar, or the folder of classes. */
    private static Path program() {
        try {
            return Path.of(Examples.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toAbsolutePath();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
