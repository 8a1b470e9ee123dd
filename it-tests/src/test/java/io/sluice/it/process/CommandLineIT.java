package io.sluice.it.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The gateway's jar as an operator meets it: command lines, exit codes and what is printed where. */
class CommandLineIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Test
    void theReadyLineIsPrintedOnceAndStandardErrorIsEmpty() {
        try (SluiceProcess gateway = Launch.gateway().start()) {
            Api api = gateway.awaitReady();

            assertThat(api.get("/v1.0/healthz").statusCode()).isEqualTo(204);
            assertThat(gateway.out())
                    .filteredOn(line -> line.startsWith("sluice ready "))
                    .hasSize(1);
            assertThat(gateway.err()).isEmpty();
        }
    }

    @Test
    void aCommandLineOfDaprdWithSingleDashesStartsIt() {
        Launch launch = Launch.gateway()
                .and("-placement-host-address", "localhost:50005", "-mode=standalone")
                .and("--control-plane-address", "x:1", "--sentry-address", "y:1", "-app-max-concurrency", "1")
                .and("-dapr-internal-grpc-port", "50002", "-profile-port=7777", "--enable-mtls");
        try (SluiceProcess gateway = launch.start()) {
            assertThat(gateway.awaitReady().get("/v1.0/healthz").statusCode()).isEqualTo(204);
        }
    }

    @Test
    void aVariableIsAsGoodAsAFlagAndTheFlagWins() {
        Launch launch = Launch.gateway().with("SLUICE_APP_ID", "from-variable").with("SLUICE_LOG_AS_JSON", "true");
        try (SluiceProcess gateway = launch.start()) {
            assertThat(gateway.awaitReady().get("/v1.0/metadata").body()).contains("\"id\":\"it\"");
            gateway.signal("TERM");
            gateway.awaitExit(LIMIT);
            assertThat(gateway.out())
                    .filteredOn(line -> !line.startsWith("sluice ready "))
                    .isNotEmpty()
                    .allMatch(line -> line.startsWith("{"));
        }
    }

    @Test
    void aPortInUseEndsWithOneAndNamesTheFlagAndThePort() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                SluiceProcess gateway = Launch.gateway()
                        .and("--dapr-http-port", String.valueOf(taken.getLocalPort()))
                        .start()) {
            assertThat(gateway.awaitExit(LIMIT)).isEqualTo(1);
            assertThat(gateway.err())
                    .anyMatch(line -> line.startsWith("--dapr-http-port: port " + taken.getLocalPort() + " is in use"));
        }
    }

    @Test
    void everyProblemOfEveryComponentFileIsALineAndNoSecretIsInAny() {
        String noTopic = """
                apiVersion: dapr.io/v1alpha1
                kind: Component
                metadata: {name: one}
                spec:
                  type: bindings.kafka
                  version: v1
                  metadata:
                    - {name: authType, value: password}
                    - {name: saslPassword, value: top-secret}
                    - {name: direction, value: output}
                """;
        String wrongValues =
                ComponentFile.output("two", "h:9092", "t", "maxMessageBytes", "many", "compression", "rar");
        try (SluiceProcess gateway = Launch.gateway(noTopic, wrongValues).start()) {
            assertThat(gateway.awaitExit(LIMIT)).isEqualTo(2);
            assertThat(gateway.err())
                    .anyMatch(line -> line.contains("component-1.yaml: one.brokers: "))
                    .anyMatch(line -> line.contains("component-1.yaml: one.saslUsername: "))
                    .anyMatch(line -> line.contains("component-1.yaml: one.publishTopic: "))
                    .anyMatch(line -> line.contains("component-2.yaml: two.maxMessageBytes: "))
                    .anyMatch(line -> line.contains("component-2.yaml: two.compression: "))
                    .noneMatch(line -> line.contains("top-secret"));
        }
    }

    @Test
    void anUnknownFlagEndsWithTwoAndNamesTheNearest() {
        try (SluiceProcess gateway = Launch.gateway().and("--dapr-htp-port=1").start()) {
            assertThat(gateway.awaitExit(LIMIT)).isEqualTo(2);
            assertThat(gateway.err())
                    .anyMatch(line -> line.contains("dapr-htp-port") && line.contains("--dapr-http-port"));
        }
    }

    @Test
    void helpAndVersionArePrintedOnStandardOutput() {
        try (SluiceProcess help = Launch.bare().and("--help").start();
                SluiceProcess version = Launch.bare().and("--version").start()) {
            assertThat(help.awaitExit(LIMIT)).isZero();
            assertThat(help.out()).anyMatch(line -> line.contains("--resources-path"));
            assertThat(version.awaitExit(LIMIT)).isZero();
            assertThat(version.out()).singleElement().asString().matches(".*\\d+\\.\\d+\\.\\d+.*");
        }
    }

    @Test
    void theJarHoldsNoKafkaServer() throws IOException {
        try (JarFile jar = new JarFile(Launch.bare().jar().toFile())) {
            assertThat(jar.stream().map(ZipEntry::getName))
                    .contains("org/apache/kafka/clients/producer/KafkaProducer.class")
                    .noneMatch(name -> name.matches("(kafka|scala|io/sluice/dev)/.*\\.class"))
                    .noneMatch(name -> name.matches("org/apache/kafka/(controller|raft|storage|metadata)/.*"));
        }
    }
}
