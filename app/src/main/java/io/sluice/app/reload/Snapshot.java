package io.sluice.app.reload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How files looked at one time, as far as that can be seen from outside. Two snapshots differ when a file came, went, was
 * written, was replaced by another, or is reached by another way: Kubernetes swaps a link on the way to a mounted file and
 * leaves the file itself alone.
 */
record Snapshot(Map<Path, Look> files) {

    /** @param key what the file system calls the file, null when it does not say */
    record Look(
            Path real,
            long size,
            FileTime modified,
            @Nullable Object key) {}

    /**
     * Blocks on the file system. What cannot be seen counts as not being there.
     *
     * @param sources files, and folders whose files are looked at, but not those of folders in them
     */
    static Snapshot of(Collection<Path> sources) {
        var files = new HashMap<Path, Look>();
        for (Path source : sources) {
            if (Files.isDirectory(source)) {
                filesIn(source).forEach(file -> look(file, files));
            } else {
                look(source, files);
            }
        }
        return new Snapshot(Map.copyOf(files));
    }

    private static List<Path> filesIn(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static void look(Path file, Map<Path, Look> files) {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            files.put(
                    file,
                    new Look(
                            file.toRealPath(), attributes.size(), attributes.lastModifiedTime(), attributes.fileKey()));
        } catch (IOException e) {
            files.remove(file);
        }
    }
}
