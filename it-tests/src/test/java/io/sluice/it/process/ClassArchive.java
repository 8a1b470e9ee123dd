package io.sluice.it.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/**
 * The gateway's classes as the JVM keeps them in memory, written once for all the gateways of a build: a third of a start is
 * reading and checking classes. A JVM leaves an archive of another jar alone (Oracle, "Java Virtual Machine Guide", Class
 * Data Sharing).
 */
final class ClassArchive {
    private static final Path FILE = Path.of("target", "processes", "sluice.jsa");
    private static final Path LOCK = Path.of("target", "processes", "sluice.jsa.lock");
    private static final Duration EXIT_LIMIT = Duration.ofSeconds(30);
    /** Nobody listens there. */
    private static final String NO_BROKER = "127.0.0.1:1";

    private ClassArchive() {}

    /**
     * Those that make a gateway use the archive. The first call of a build takes some seconds, and all JVMs that call wait.
     *
     * @param launch a gateway like those that will use it
     */
    static synchronized List<String> flags(Launch launch) {
        try (FileChannel channel = FileChannel.open(LOCK, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            // Held until the channel is closed.
            channel.lock();
            if (!isNewerThan(launch.jar())) {
                write(launch);
            }
            return List.of("-XX:SharedArchiveFile=" + FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isNewerThan(Path jar) throws IOException {
        return Files.exists(FILE) && Files.getLastModifiedTime(FILE).compareTo(Files.getLastModifiedTime(jar)) > 0;
    }

    /** The classes are those that a gateway has loaded when it ends. */
    private static void write(Launch launch) throws IOException {
        Path folder = Files.createDirectories(launch.folder().resolve("archive"));
        Path draft = folder.resolve(FILE.getFileName());
        Launch gateway = launch.in(folder)
                .withComponents(
                        ComponentFile.output("out", NO_BROKER, "any"), ComponentFile.input("in", NO_BROKER, "any"))
                .withJvmFlags(List.of("-XX:ArchiveClassesAtExit=" + draft));
        try (SluiceProcess process = gateway.start()) {
            process.awaitReady();
            process.signal("TERM");
            process.awaitExit(EXIT_LIMIT);
        }
        Files.move(draft, FILE, StandardCopyOption.REPLACE_EXISTING);
    }
}
