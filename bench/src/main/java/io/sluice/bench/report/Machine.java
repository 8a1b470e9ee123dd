package io.sluice.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Where and when a run took place, in one line. */
public final class Machine {
    private Machine() {}

    public static String describe() throws IOException {
        String memory =
                Files.readString(Path.of("/proc/meminfo")).lines().findFirst().orElse("MemTotal: 0 kB");
        long mebibytes = Long.parseLong(memory.replaceAll("\\D", "")) / 1024;
        return "%s, %d cores, %d MiB memory, %s %s, JDK %s (%s)"
                .formatted(
                        LocalDate.now(ZoneOffset.UTC),
                        Runtime.getRuntime().availableProcessors(),
                        mebibytes,
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("java.vm.version"),
                        System.getProperty("os.arch"));
    }
}
