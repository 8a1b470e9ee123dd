package io.sluice.it.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.dev.kafka.Ports;
import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The apps of {@code examples/apps} get and acknowledge records; of languages that this machine has. */
@WithKafka
class ExampleAppsIT {
    private static final Path APPS = Path.of("..", "examples", "apps");
    /** The one that these tests run on. */
    private static final String JAVA = "java";

    private static final String PORT = "3000";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"python3, app.py", "node, app.js", JAVA + ", App.java"})
    void anExampleAppPrintsAndAcknowledgesEachRecord(String program, String file, TestKafka kafka) throws Exception {
        assumeTrue(isInstalled(program), program + " is not installed: " + file + " was not tried");
        String topic = kafka.newTopic();
        int port = Ports.free(1).get(0);
        Process app = start(program, file, port);
        try (Stage stage = new Stage(kafka);
                TestGateway gateway = TestGateway.start(
                        Map.of(), List.of(Component.input(kafka, "new-orders", topic)), "--app-port=" + port)) {
            stage.send(topic, "{\"message\":\"Hi\"}", "{\"message\":\"Ho\"}");

            Stage.eventually().untilAsserted(() -> assertThat(
                            Stage.partition(gateway, "new-orders").getLong("committed"))
                    .as(Files.readString(folder.resolve("printed")))
                    .isEqualTo(2));
            assertThat(Files.readAllLines(folder.resolve("printed")))
                    .containsSubsequence("/new-orders {\"message\":\"Hi\"}", "/new-orders {\"message\":\"Ho\"}");
        } finally {
            app.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    /** On a port of its own, so that tests side by side do not meet. */
    private Process start(String program, String file, int port) throws IOException {
        String text = Files.readString(APPS.resolve(file));
        assertThat(Pattern.compile("\\b" + PORT + "\\b").matcher(text).results())
                .hasSize(1);
        Path moved = Files.writeString(folder.resolve(file), text.replace(PORT, String.valueOf(port)), UTF_8);
        String command = program.equals(JAVA)
                ? Path.of(System.getProperty("java.home"), "bin", JAVA).toString()
                : program;
        return new ProcessBuilder(command, moved.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("printed").toFile())
                .start();
    }

    private static boolean isInstalled(String program) {
        return program.equals(JAVA)
                || Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }
}
