package io.sluice.app;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The classes of this process as the JVM keeps them in memory, in a file that the launcher gives to the next start. Written by
 * the JVM's own command {@code VM.cds}, which needs {@code -XX:+RecordDynamicDumpInfo}; whether that works changes nothing else.
 */
final class ClassArchive {
    /** The launcher names the file here when there is none. */
    static final String PROPERTY = "sluice.class-archive";

    private static final Logger LOG = LoggerFactory.getLogger(ClassArchive.class);
    private static final String COMMANDS = "com.sun.management:type=DiagnosticCommand";

    private ClassArchive() {}

    /** Writes the file that the property names; nothing without the property. Takes a second or two. */
    static void write() {
        String file = System.getProperty(PROPERTY);
        if (file != null) {
            write(Path.of(file));
        }
    }

    private static void write(Path file) {
        Path draft = file.resolveSibling(
                file.getFileName() + "." + ProcessHandle.current().pid());
        try {
            dump(draft);
            // Half a file would end the next start: it gets its name once all of it is there.
            try (var written = FileChannel.open(draft)) {
                written.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | JMException | RuntimeException e) {
            LOG.atDebug().addKeyValue("file", file).setCause(e).log("no class archive: the next start takes longer");
            delete(draft);
        }
    }

    private static void dump(Path draft) throws JMException {
        String[] arguments = {"dynamic_dump", "\"" + draft + "\""};
        String[] types = {String[].class.getName()};
        PrintStream out = System.out;
        // The command has a line for standard output, which is ours alone.
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        try {
            ManagementFactory.getPlatformMBeanServer()
                    .invoke(new ObjectName(COMMANDS), "vmCds", new Object[] {arguments}, types);
        } finally {
            System.setOut(out);
        }
    }

    private static void delete(Path draft) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("file", draft).setCause(e).log("left behind");
        }
    }
}
