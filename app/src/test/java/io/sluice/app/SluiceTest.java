package io.sluice.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From a command line to an exit code. */
class SluiceTest {
    private static final String BROKEN = """
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata: {name: broken}
        spec:
          type: bindings.kafka
          version: v1
          ignoreErrors: %s
          metadata:
            - {name: authType, value: none}
            - {name: publishTopic, value: orders}
        """;

    @TempDir
    private Path components;

    @Test
    void aShutdownOverTheApiIsACleanStop() throws Exception {
        RunningSluice sluice = start();
        assertThat(sluice.send("GET", "/v1.0/healthz").statusCode()).isEqualTo(204);
        assertThat(sluice.send("POST", "/v1.0/shutdown").statusCode()).isEqualTo(204);
        assertThat(sluice.exitCode()).isZero();
        assertThat(sluice.errors()).isEmpty();
    }

    @Test
    void aForcedShutdownIsNot() throws Exception {
        RunningSluice sluice = start();
        sluice.send("POST", "/v1.0/shutdown", "dapr-force-shutdown", "true");
        assertThat(sluice.exitCode()).isEqualTo(1);
    }

    @Test
    void whileTheShutdownIsBlockedRequestsAreServed() throws Exception {
        RunningSluice sluice = start("--dapr-block-shutdown-duration=1s");
        sluice.send("POST", "/v1.0/shutdown");
        assertThat(sluice.send("GET", "/v1.0/healthz").statusCode()).isEqualTo(204);
        assertThat(sluice.exitCode()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "HUP"})
    void theFirstSignalIsACleanStop(String signal) throws Exception {
        RunningSluice sluice = start();
        sluice.port();
        raise(signal);
        assertThat(sluice.exitCode()).isZero();
    }

    @Test
    void wrongFlagsEndWithTwoAndEveryProblemOnALine() throws Exception {
        RunningSluice sluice = RunningSluice.start("--metrics-port=x", "--nonsense");
        assertThat(sluice.exitCode()).isEqualTo(2);
        assertThat(sluice.errors()).hasSize(3);
    }

    @Test
    void wrongComponentFilesEndWithTwoAndNameFileAndField() throws Exception {
        Files.writeString(components.resolve("broken.yaml"), BROKEN.formatted("false"));
        RunningSluice sluice = start();
        assertThat(sluice.exitCode()).isEqualTo(2);
        assertThat(sluice.errors()).anyMatch(line -> line.contains("broken.yaml") && line.contains("brokers"));
    }

    @Test
    void aComponentWhoseErrorsAreIgnoredIsLeftOut() throws Exception {
        Files.writeString(components.resolve("broken.yaml"), BROKEN.formatted("true"));
        RunningSluice sluice = start();
        assertThat(sluice.send("GET", "/v1.0/metadata").body()).doesNotContain("broken");
        sluice.send("POST", "/v1.0/shutdown");
        assertThat(sluice.exitCode()).isZero();
    }

    @Test
    void aPortInUseEndsWithOneAndNamesTheFlagAndThePort() throws Exception {
        try (var taken = takenPort()) {
            RunningSluice sluice = start("--dapr-http-port=" + taken.getLocalPort());
            assertThat(sluice.exitCode()).isEqualTo(1);
            assertThat(sluice.errors())
                    .singleElement()
                    .asString()
                    .startsWith("--dapr-http-port: port " + taken.getLocalPort() + " is in use");
        }
    }

    @Test
    void aGrpcPortInUseDoesToo() throws Exception {
        try (var taken = takenPort()) {
            RunningSluice sluice = start("--dapr-grpc-port=" + taken.getLocalPort());
            assertThat(sluice.exitCode()).isEqualTo(1);
            assertThat(sluice.errors()).singleElement().asString().startsWith("--dapr-grpc-port: port");
        }
    }

    @Test
    void aMetricsPortInUseDoesToo() throws Exception {
        try (var taken = takenPort()) {
            RunningSluice sluice = start("--metrics-port=" + taken.getLocalPort());
            assertThat(sluice.exitCode()).isEqualTo(1);
            assertThat(sluice.errors()).singleElement().asString().startsWith("--metrics-port: port");
        }
    }

    @Test
    void anAddressOfSomebodyElsesIsNotCalledAPortInUse() throws Exception {
        RunningSluice sluice = start("--dapr-listen-addresses=192.0.2.1");
        assertThat(sluice.exitCode()).isEqualTo(1);
        assertThat(sluice.errors())
                .singleElement()
                .asString()
                .contains("--dapr-listen-addresses 192.0.2.1: cannot listen");
    }

    @Test
    void withALogOfJsonTheReadyLineIsJsonToo() throws Exception {
        RunningSluice sluice = start("--log-as-json");
        assertThat(sluice.send("GET", "/v1.0/healthz").statusCode()).isEqualTo(204);
        assertThat(new JsonObject(sluice.readyLine()).getString("msg")).startsWith("sluice ready http=127.0.0.1:");
        sluice.send("POST", "/v1.0/shutdown");
        sluice.exitCode();
    }

    @Test
    void helpAndVersionEndWithZero() throws Exception {
        assertThat(RunningSluice.start("--help").exitCode()).isZero();
        assertThat(RunningSluice.start("--version").exitCode()).isZero();
    }

    private RunningSluice start(String... more) {
        String[] args = new String[more.length + 5];
        args[0] = "--app-id=test";
        args[1] = "--resources-path=" + components;
        args[2] = "--dapr-http-port=0";
        args[3] = "--dapr-grpc-port=0";
        args[4] = "--metrics-port=0";
        System.arraycopy(more, 0, args, 5, more.length);
        return RunningSluice.start(args);
    }

    private static ServerSocket takenPort() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private static void raise(String signal) throws IOException {
        new ProcessBuilder(
                        "kill",
                        "-" + signal,
                        String.valueOf(ProcessHandle.current().pid()))
                .start();
    }
}
