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
        Path folder = buildFolder();
        for (Path place = folder; place != null; place = place.getParent()) {
            if (Files.isDirectory(place.resolve(COMPONENTS))) {
                return place.resolve(COMPONENTS);
            }
        }
        return COMPONENTS.toAbsolutePath();
    }

    /** The folder that the jar, or the folder of classes, is in. */
    static Path buildFolder() {
        try {
            Path code = Path.of(Examples.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return code.toAbsolutePath().getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
