package io.sluice.it.crowd;

import io.sluice.it.process.SluiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a gateway holds once its garbage is collected.
 *
 * @param heap bytes
 * @param handles open files and connections
 */
record Footprint(long heap, long handles) {
    private static final Pattern USED = Pattern.compile("generation.* used (\\d+)K");

    static Footprint of(SluiceProcess gateway) {
        tell(gateway, "GC.run");
        long kib = USED.matcher(tell(gateway, "GC.heap_info"))
                .results()
                .map(MatchResult::group)
                .map(line -> line.substring(line.indexOf(" used ") + 6, line.length() - 1))
                .mapToLong(Long::parseLong)
                .sum();
        return new Footprint(kib * 1024, handles(gateway));
    }

    private static long handles(SluiceProcess gateway) {
        try (Stream<Path> open = Files.list(Path.of("/proc", String.valueOf(gateway.pid()), "fd"))) {
            return open.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String tell(SluiceProcess gateway, String command) {
        try {
            Process jcmd = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            String.valueOf(gateway.pid()),
                            command)
                    .redirectErrorStream(true)
                    .start();
            return new String(jcmd.getInputStream().readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return heap / 1024 + " KiB of heap, " + handles + " handles";
    }
}
