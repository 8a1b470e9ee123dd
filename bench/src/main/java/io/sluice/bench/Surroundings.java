package io.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The flags that all commands share. */
final class Surroundings {
    @Option(
            names = "--jar",
            defaultValue = "app/target/sluice.jar",
            description = "The gateway's fat jar (default: ${DEFAULT-VALUE}).")
    private Path jar = Path.of("");

    @Option(
            names = "--folder",
            defaultValue = "bench/target/runs",
            description = "Where a run keeps Kafka's data, logs and recordings (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of("");

    @Option(
            names = "--jvm-flags",
            split = " ",
            defaultValue = "-Xmx512m",
            description = "JVM flags of every program under test (default: ${DEFAULT-VALUE}).")
    private List<String> jvmFlags = List.of();

    @Option(names = "--profile", description = "Record every program under test with JDK Flight Recorder.")
    private boolean profile;

    Path jar() {
        return jar.toAbsolutePath();
    }

    /** A new folder for one run. */
    Path newFolder() throws IOException {
        String now = LocalDateTime.now(ZoneOffset.UTC).format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss"));
        return Files.createDirectories(folder.toAbsolutePath().resolve(now));
    }

    /** The JVM flags of a program under test whose files have this stem. */
    List<String> jvmFlags(Path stem) {
        var flags = new ArrayList<>(jvmFlags);
        if (profile) {
            flags.add("-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=" + stem + ".jfr");
        }
        return flags;
    }
}
