package io.sluice.it.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./run} starts. */
class DevJarIT {
    private static final Duration SOON = Duration.ofSeconds(10);

    @Test
    void thePrintedCurlLineWorksAsItIsAndTheDemoShowsTheRecordAndSigintEndsAll() throws Exception {
        try (SluiceProcess dev = Launch.dev().start()) {
            dev.awaitReady();
            await().atMost(SOON).until(() -> !curlLine(dev).isEmpty());

            assertThat(run(curlLine(dev))).contains("HTTP/1.1 204");
            awaitShown(dev);
            assertThat(dev.hasDescendants())
                    .as("processes that could be left behind")
                    .isFalse();
            dev.signal("INT");

            assertThat(dev.awaitExit(SOON)).isZero();
        }
    }

    @Test
    void aFirstRunFarFromTheSourcesBringsItsExamplesDeliversAndWarnsOfNothing(@TempDir Path elsewhere)
            throws Exception {
        try (SluiceProcess dev = Launch.dev(elsewhere).start()) {
            dev.awaitReady();
            await().atMost(SOON).until(() -> !curlLine(dev).isEmpty());

            assertThat(run(curlLine(dev))).contains("HTTP/1.1 204");

            awaitShown(dev);
            assertThat(elsewhere.resolve("sluice-dev").resolve("components")).isNotEmptyDirectory();
            assertThat(dev.err()).isEmpty();
            assertThat(dev.out()).noneMatch(line -> line.contains(" WARN ") || line.contains(" ERROR "));
            dev.signal("TERM");
            assertThat(dev.awaitExit(SOON)).isZero();
        }
    }

    private static void awaitShown(SluiceProcess dev) {
        for (String start : List.of("demo: written   orders/", "demo: delivered orders/")) {
            await().atMost(SOON).until(() -> dev.out().stream()
                    .anyMatch(line -> line.startsWith(start) && line.endsWith(" {\"message\":\"Hi\"}")));
        }
    }

    private static String curlLine(SluiceProcess dev) {
        return dev.out().stream()
                .filter(line -> line.contains(" curl "))
                .map(line -> line.substring(line.indexOf("curl ")))
                .findFirst()
                .orElse("");
    }

    private static String run(String line) throws IOException, InterruptedException {
        Process shell =
                new ProcessBuilder("bash", "-c", line).redirectErrorStream(true).start();
        assertThat(shell.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return new String(shell.getInputStream().readAllBytes(), UTF_8);
    }
}
