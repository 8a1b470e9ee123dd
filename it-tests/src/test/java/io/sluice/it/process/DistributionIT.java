package io.sluice.it.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is installed on a server: the archive that the build makes, unpacked. */
class DistributionIT {
    private static final Path BUILT = Path.of("..", "app", "target");
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final String NO_BROKER = "127.0.0.1:1";

    @TempDir
    private static Path folder;

    private static Path home;

    @BeforeAll
    static void unpack() throws Exception {
        Path place = Files.createDirectories(folder.resolve("place"));
        Path archive = only(BUILT, "sluice-.*\\.tar\\.gz");
        Process tar = new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", place.toString())
                .inheritIO()
                .start();
        assertThat(tar.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(tar.exitValue()).isZero();
        home = only(place, "sluice-.*");
    }

    @Test
    void whatServesNothingLeavesNothingBehind() throws Exception {
        try (SluiceProcess version = start(Map.of(), "--version")) {
            assertThat(version.awaitExit(LIMIT)).isZero();
            assertThat(version.out()).singleElement().asString().startsWith("sluice ");
            assertThat(version.err()).isEmpty();
        }
        assertThat(home.resolve("lib")).isDirectoryNotContaining("glob:**.jsa*");
    }

    @Test
    void theLauncherStartsAGatewayAndLetsItStop() throws Exception {
        serveAndStop();
    }

    @Test
    void withOptionsOfTheOperatorsOwnItStartsAsWell() throws Exception {
        for (String options : List.of("-Xmx300m -XX:+UseG1GC", "-Xshare:off", "-XX:MaxRAMPercentage=30")) {
            try (SluiceProcess version = start(Map.of("JAVA_OPTS", options), "--version")) {
                assertThat(version.awaitExit(LIMIT)).as(options).isZero();
                assertThat(version.err()).isEmpty();
            }
        }
    }

    /** Until SIGTERM, which has to reach Java. */
    private static void serveAndStop() throws IOException {
        Path components = Files.createDirectories(folder.resolve("components"));
        Files.writeString(components.resolve("out.yaml"), ComponentFile.output("out", NO_BROKER, "any"));
        try (SluiceProcess gateway = start(
                Map.of(),
                "--app-id=it",
                "--resources-path=" + components,
                "--dapr-http-port=0",
                "--dapr-grpc-port=0",
                "--metrics-port=0")) {
            Api api = gateway.awaitReady();
            assertThat(api.get("/v1.0/healthz").statusCode()).isEqualTo(204);
            gateway.signal("TERM");
            assertThat(gateway.awaitExit(LIMIT)).isZero();
            assertThat(gateway.err()).isEmpty();
            assertThat(gateway.out()).noneMatch(line -> line.contains("[warning]"));
        }
    }

    private static SluiceProcess start(Map<String, String> environment, String... flags) throws IOException {
        Path output = Files.createTempDirectory(folder, "run-");
        var all = new HashMap<>(Map.of("JAVA_HOME", System.getProperty("java.home")));
        all.putAll(environment);
        List<String> command = Stream.concat(
                        Stream.of(home.resolve("bin/sluice").toString()), Stream.of(flags))
                .toList();
        return SluiceProcess.start(command, output, all);
    }

    private static Path only(Path place, String name) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            List<Path> fitting = files.filter(
                            file -> file.getFileName().toString().matches(name))
                    .toList();
            assertThat(fitting)
                    .as("%s in %s; build the whole project", name, place)
                    .hasSize(1);
            return fitting.get(0);
        }
    }
}
