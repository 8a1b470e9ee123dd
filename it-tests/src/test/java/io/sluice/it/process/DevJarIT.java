package io.sluice.it.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What {@code ./run} starts. */
class DevJarIT {
    private static final Duration START = Duration.ofSeconds(10);
    private static final Duration SOON = Duration.ofSeconds(10);

    @Test
    void thePrintedCurlLineWorksAsItIsAndTheDemoShowsTheRecordAndSigintEndsAll() throws Exception {
        long begin = System.nanoTime();
        try (SluiceProcess dev = Launch.dev().start()) {
            dev.awaitReady();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(START);
            await().atMost(SOON).until(() -> !curlLine(dev).isEmpty());

            assertThat(run(curlLine(dev))).contains("HTTP/1.1 204");
            await().atMost(SOON).until(() -> dev.out().stream()
                    .anyMatch(line -> line.startsWith("demo: orders/") && line.contains("{\"message\":\"Hi\"}")));
            assertThat(dev.hasDescendants())
                    .as("processes that could be left behind")
                    .isFalse();
            dev.signal("INT");

            assertThat(dev.awaitExit(SOON)).isZero();
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
