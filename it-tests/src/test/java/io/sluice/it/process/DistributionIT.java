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
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What is installed on a server: the archive that the build makes, unpacked. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
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
    @Order(1)
    void whatServesNothingRecordsNothing() throws Exception {
        try (SluiceProcess version = start(Map.of(), "--version")) {
            assertThat(version.awaitExit(LIMIT)).isZero();
            assertThat(version.out()).singleElement().asString().startsWith("sluice ");
            assertThat(version.err()).isEmpty();
        }
        assertThat(home.resolve("lib")).isDirectoryNotContaining("glob:**.jsa*");
    }

    @Test
    @Order(2)
    void theFirstGatewayWritesDownItsClassesAndTheNextOneStartsWithThem() throws Exception {
        serveAndStop(Map.of());
        Path archive = only(home.resolve("lib"), "classes-.*\\.jsa");
        Path loaded = folder.resolve("loaded");

        serveAndStop(Map.of("JAVA_OPTS", "-Xlog:class+load:file=" + loaded));

        assertThat(home.resolve("lib")).as("nothing half written").isDirectoryNotContaining("glob:**.jsa.*");
        assertThat(Files.readAllLines(loaded))
                .filteredOn(line -> line.contains("io.sluice.app.Gateway source:"))
                .singleElement()
                .asString()
                .contains("shared objects file (top)");
    }

    @Test
    @Order(3)
    void anArchiveThatJavaCannotUseIsPassedOverInSilence() throws Exception {
        Path archive = only(home.resolve("lib"), "classes-.*\\.jsa");
        Files.delete(archive);
        Files.writeString(archive, "not what Java writes");

        try (SluiceProcess version = start(Map.of(), "--version")) {
            assertThat(version.awaitExit(LIMIT)).isZero();
            assertThat(version.out()).hasSize(1);
            assertThat(version.err()).isEmpty();
        }
    }

    @Test
    @Order(4)
    void withOptionsOfTheOperatorsOwnItStartsAsWell() throws Exception {
        for (String options : List.of("-Xmx300m -XX:+UseG1GC", "-Xshare:off", "-XX:MaxRAMPercentage=30")) {
            try (SluiceProcess version = start(Map.of("JAVA_OPTS", options), "--version")) {
                assertThat(version.awaitExit(LIMIT)).as(options).isZero();
                assertThat(version.err()).isEmpty();
            }
        }
    }

    /** Until SIGTERM, which has to reach Java. */
    private static void serveAndStop(Map<String, String> environment) throws IOException {
        Path components = Files.createDirectories(folder.resolve("components"));
        Files.writeString(components.resolve("out.yaml"), ComponentFile.output("out", NO_BROKER, "any"));
        try (SluiceProcess gateway = start(
                environment,
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
            assertThat(gateway.out()).noneMatch(line -> line.contains("[warning]") || line.contains("ump to file"));
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
