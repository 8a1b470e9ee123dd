package io.sluice.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sluice check}, {@code --dry-run} and {@code --wait}. */
class CheckCommandTest {
    private static final String BINDING = """
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata: {name: orders}
        spec:
          type: bindings.kafka
          metadata:
            - {name: brokers, value: "kafka:9092"}
            - {name: authType, value: password}
            - {name: saslUsername, value: shop}
            - {name: saslPassword, value: hush-password}
            - {name: topics, value: "a,b"}
            - {name: publishTopic, value: c}
            - {name: maxMessageBytes, value: 1000}
        """;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @BeforeEach
    void component() throws Exception {
        Files.writeString(folder.resolve("orders.yaml"), BINDING);
    }

    @Test
    void whatWouldRunIsSaidWithoutSecretsAndNothingIsStarted() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int exit = run("check", "--app-port=8080", "--dapr-http-port=" + taken.getLocalPort());

            assertThat(exit).isZero();
            assertThat(errors()).isEmpty();
            assertThat(lines())
                    .contains(
                            "  --app-id shop",
                            "  --metrics-port 9090  (default)",
                            "  --log-level warn  (SLUICE_LOG_LEVEL)",
                            "callers: with the token of DAPR_API_TOKEN",
                            "bindings: 1",
                            "  orders: brokers kafka:9092, login password with TLS",
                            "    input: topics a, b, group shop, to http://127.0.0.1:8080/orders",
                            "    output: topic c, records up to 1000 bytes")
                    .noneMatch(line -> line.contains("hush"));
        }
    }

    @Test
    void aBindingThatNothingIsDeliveredForSaysSo() {
        assertThat(run("--dry-run")).isZero();
        assertThat(lines()).anyMatch(line -> line.contains("to nothing: ") && line.contains("--app-port"));
    }

    @Test
    void whatHasNoEffectIsAWarningAmongTheLines() {
        assertThat(run("check", "--mode=kubernetes", "stray")).isZero();
        assertThat(lines())
                .anyMatch(line -> line.startsWith("WARN  --mode: has no effect"))
                .anyMatch(line -> line.startsWith("WARN  stray: has no effect"));
    }

    @Test
    void everyProblemIsALineAndTheExitCodeIsTwo() throws Exception {
        Files.writeString(
                folder.resolve("orders.yaml"),
                BINDING.replace("kafka:9092", "kafka").replace("a,b", "a b"));

        assertThat(run("check")).isEqualTo(2);
        assertThat(errors())
                .anyMatch(line -> line.contains("orders.yaml: orders.brokers: "))
                .anyMatch(line -> line.contains("orders.yaml: orders.topics: "));
        assertThat(lines()).isEmpty();
        assertThat(run("check", "--metrics-port=x")).isEqualTo(2);
    }

    @Test
    void aKeyThatCannotBeReadIsAProblemWhateverFieldItStandsIn() throws Exception {
        String hollow = "-----BEGIN PRIVATE KEY-----\\nAAAA\\n-----END PRIVATE KEY-----";
        Files.writeString(
                folder.resolve("orders.yaml"),
                BINDING.replace("authType, value: password", "authType, value: oidc_private_key_jwt")
                        + """
                            - {name: oidcTokenEndpoint, value: "https://id.example.com/token"}
                            - {name: oidcClientID, value: shop}
                            - {name: oidcClientAssertionCert, value: %s}
                            - {name: oidcClientAssertionKey, value: "%s"}
                        """.formatted(certificate(), hollow));

        assertThat(run("check")).isEqualTo(2);
        assertThat(errors())
                .singleElement()
                .asString()
                .contains("orders.oidcClientAssertionKey: is damaged")
                .doesNotContain("AAAA");
    }

    @Test
    void waitingEndsWhenAGatewayCanBeCalled() throws Exception {
        RunningSluice sluice =
                RunningSluice.start("--app-id=x", "--dapr-http-port=0", "--dapr-grpc-port=0", "--enable-metrics=false");

        assertThat(run("--wait", "--dapr-http-port=" + sluice.port())).isZero();
        assertThat(errors()).isEmpty();
        sluice.send("POST", "/v1.0/shutdown");
        sluice.exitCode();
    }

    @Test
    void waitingForNothingEndsWithAWord() throws Exception {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            AwaitCommand.run(silent.getLocalPort(), print(err), Duration.ofMillis(1));
        }
        assertThat(errors()).singleElement().asString().contains("is not ready");
    }

    private static Path certificate() {
        return Path.of("..", "core", "src", "test", "resources", "pem", "certificate.pem");
    }

    private int run(String... args) {
        out.reset();
        err.reset();
        var all = new ArrayList<>(List.of(args));
        if (!all.contains("--wait")) {
            all.addAll(List.of("--app-id", "shop", "--resources-path", folder.toString()));
        }
        var environment = Map.of("SLUICE_LOG_LEVEL", "warn", "DAPR_API_TOKEN", "hush-token");
        return Sluice.run(all.toArray(String[]::new), environment, print(out), print(err));
    }

    private List<String> lines() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private List<String> errors() {
        return err.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static PrintStream print(ByteArrayOutputStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }
}
