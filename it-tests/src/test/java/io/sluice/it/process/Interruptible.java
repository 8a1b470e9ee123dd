package io.sluice.it.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Commands that hear SIGINT even where these tests do not: a shell starts background jobs with SIGINT ignored, children
 * inherit that, and a JVM leaves a signal alone that was ignored when it started.
 */
final class Interruptible {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String IGNORED = "SigIgn:";
    private static final long SIGINT_BIT = 1L << (2 - 1);
    private static final List<String> HEAR_IT = List.of("env", "--default-signal=INT");

    private Interruptible() {}

    static List<String> command(List<String> command) {
        return isInterruptIgnored()
                ? Stream.concat(HEAR_IT.stream(), command.stream()).toList()
                : command;
    }

    private static boolean isInterruptIgnored() {
        if (!Files.isReadable(STATUS)) {
            return false;
        }
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(IGNORED))
                    .map(line -> line.substring(IGNORED.length()).trim())
                    .anyMatch(mask -> (Long.parseUnsignedLong(mask, 16) & SIGINT_BIT) != 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
