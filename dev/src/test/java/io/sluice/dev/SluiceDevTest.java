package io.sluice.dev;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.app.ReadyGateway;
import io.sluice.core.component.ComponentLoader;
import io.sluice.core.component.LoaderSettings;
import io.sluice.dev.kafka.EmbeddedKafka;
import io.sluice.dev.kafka.EmbeddedKafkaSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SluiceDevTest {
    private static final Path PROGRAM = Path.of("target", "classes");
    private static final String OWN_COMPONENTS = """
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata: {name: invoices}
        spec:
          type: bindings.kafka
          version: v1
          metadata:
            - {name: brokers, envRef: KAFKA_BROKERS}
            - {name: authType, value: none}
            - {name: publishTopic, value: invoices-out}
            - {name: deadLetterTopic, value: invoices-dead}
        """;

    @TempDir
    Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void aRecordThatArrivesIsShownAlsoWhenItComesBeforeTheGatewayIsReady() {
        int exitCode = run((args, environment, out, onReady) -> {
            send(environment.get("KAFKA_BROKERS"), "orders", 2, "{\"message\":\"Hi\"}");
            onReady.accept(ready(environment));
            awaitPrinted("demo: written   orders/2@0 key=key1 {\"message\":\"Hi\"}");
            return 0;
        });

        assertThat(exitCode).isZero();
    }

    @Test
    void whatIsWrittenIntoEveryTopicOfTheComponentsIsShownAlsoIfTheTopicIsNew() throws IOException {
        Path own = ownComponents();

        run(
                (args, environment, out, onReady) -> {
                    onReady.accept(ready(environment, own));
                    send(environment.get("KAFKA_BROKERS"), "invoices-out", 0, "1");
                    send(environment.get("KAFKA_BROKERS"), "invoices-dead", 0, "2");
                    awaitPrinted("demo: written   invoices-out/0@0 key=key1 1");
                    awaitPrinted("demo: written   invoices-dead/0@0 key=key1 2");
                    return 0;
                },
                "--resources-path",
                own.toString());
    }

    @Test
    void theAppShowsWhatIsDeliveredToItAndAcknowledgesIt() {
        run((args, environment, out, onReady) -> {
            URI app = URI.create("http://127.0.0.1:" + environment.get("SLUICE_APP_PORT") + "/new-orders");
            HttpRequest delivery = HttpRequest.newBuilder(app)
                    .headers("__topic", "orders", "__partition", "2", "__offset", "17", "__key", "key1")
                    .POST(BodyPublishers.ofString("{\"message\":\"\u001b[2J\"}"))
                    .build();

            assertThat(status(delivery)).isEqualTo(204);
            awaitPrinted("demo: delivered orders/2@17 key=key1 to /new-orders {\"message\":\"\\u{1b}[2J\"}");
            HttpRequest question = HttpRequest.newBuilder(app)
                    .method("OPTIONS", BodyPublishers.noBody())
                    .build();
            assertThat(status(question)).isEqualTo(204);
            return 0;
        });
    }

    @Test
    void anAppOfOnesOwnIsUsedInstead() {
        run(
                (args, environment, out, onReady) -> {
                    assertThat(environment).doesNotContainKey("SLUICE_APP_PORT");
                    onReady.accept(ready(environment));
                    return 0;
                },
                "--app-port",
                "3000");

        assertThat(text()).contains("  app       yours");
    }

    @Test
    void theReadyLineIsFollowedByTheNamesAndAddressesOfThisGateway() {
        run((args, environment, out, onReady) -> {
            onReady.accept(ready(environment));
            return 0;
        });

        assertThat(text())
                .contains("curl -i http://127.0.0.1:4711/v1.0/bindings/myKafka -d '{\"operation\":\"create\"")
                .contains("myKafka: a POST becomes a record in the topic orders")
                .contains("new-orders: a record in orders becomes a POST to the app's /new-orders")
                .contains("  metrics   http://127.0.0.1:4713/metrics");
    }

    @Test
    void theNamesAreThoseOfTheComponentsThatAreLoaded() throws IOException {
        Path own = ownComponents();

        run(
                (args, environment, out, onReady) -> {
                    onReady.accept(ready(environment, own));
                    return 0;
                },
                "--resources-path",
                own.toString());

        assertThat(text()).contains("/v1.0/bindings/invoices -d").doesNotContain("myKafka");
    }

    @Test
    void theCurlFollowsTheGatewayToItsSocket() {
        run((args, environment, out, onReady) -> {
            ReadyGateway onPort = ready(environment);
            onReady.accept(new ReadyGateway(
                    URI.create("http://localhost"), Path.of("/run/http.socket"), null, onPort.bindings()));
            return 0;
        });

        assertThat(text())
                .contains("curl -i --unix-socket /run/http.socket http://localhost/v1.0/bindings/myKafka -d '{")
                .contains("  socket    /run/http.socket");
    }

    @Test
    void withoutMetricsAndOutputBindingsNothingIsSaidOfThem() {
        run((args, environment, out, onReady) -> {
            onReady.accept(new ReadyGateway(URI.create("http://127.0.0.1:4711"), null, null, List::of));
            return 0;
        });

        assertThat(text()).contains("health").doesNotContain("metrics ").doesNotContain("curl");
    }

    @Test
    void theGatewayFindsTheExamplesUnlessToldOtherwise() {
        run(
                (args, environment, out, onReady) -> {
                    assertThat(environment).containsEntry("SLUICE_APP_ID", "sluice-demo");
                    assertThat(Path.of(environment.get("SLUICE_RESOURCES_PATH"), "kafka.yaml"))
                            .content()
                            .contains("publishTopic");
                    assertThat(args).containsExactly("--dapr-http-port", "0");
                    return 0;
                },
                "--dapr-http-port",
                "0");
    }

    @Test
    void aFileOfSettingsIsNotOverruled() throws IOException {
        Path file = Files.writeString(folder.resolve("sluice.yaml"), """
            app-id: shop
            app-port: 3000
            resources-path: here
            """);

        run(
                (args, environment, out, onReady) -> {
                    assertThat(environment)
                            .doesNotContainKeys("SLUICE_APP_ID", "SLUICE_APP_PORT", "SLUICE_RESOURCES_PATH");
                    return 0;
                },
                "--config",
                file.toString());
    }

    @Test
    void outsideItsSourceTreeTheProgramBringsTheExamplesAndLeavesAChangedOneAsItIs() throws IOException {
        Folders folders = Folders.find(folder.resolve("sluice-dev.jar"), folder);
        folders.provideExamples();
        Files.writeString(folders.components().resolve("kafka.yaml"), "# mine");
        folders.provideExamples();

        assertThat(folders.kafka()).isEqualTo(folder.resolve("sluice-dev").resolve("kafka"));
        assertThat(folders.components().resolve("kafka.yaml")).hasContent("# mine");
        assertThat(Files.readString(folders.components().resolve("new-orders.yaml")))
                .isEqualTo(Files.readString(examples().resolve("new-orders.yaml")));
    }

    @Test
    void theGatewaysExitCodeIsTheProgramsAndKafkaIsGone() {
        assertThat(run((args, environment, out, onReady) -> 2)).isEqualTo(2);

        // would be refused while the folder is in use
        EmbeddedKafka.start(EmbeddedKafkaSettings.in(kafka())).close();
    }

    @Test
    void anotherKafkaGetsTheTopicsOfTheExamples() {
        try (EmbeddedKafka other = EmbeddedKafka.start(EmbeddedKafkaSettings.in(kafka()))) {
            int exitCode = run(
                    (args, environment, out, onReady) -> {
                        assertThat(environment).containsEntry("KAFKA_BROKERS", other.bootstrapServers());
                        onReady.accept(ready(environment));
                        send(other.bootstrapServers(), "orders", 2, "1");
                        awaitPrinted("demo: written   orders/2@0 key=key1 1");
                        return 0;
                    },
                    "--brokers",
                    other.bootstrapServers());

            assertThat(exitCode).isZero();
        }
    }

    @Test
    void recordsOfAnotherKafkaAndOwnComponentsAreNotAcknowledgedHere() throws IOException {
        Path own = ownComponents();
        try (EmbeddedKafka other = EmbeddedKafka.start(EmbeddedKafkaSettings.in(kafka()))) {
            run(
                    (args, environment, out, onReady) -> {
                        assertThat(environment).doesNotContainKey("SLUICE_APP_PORT");
                        return 0;
                    },
                    "--brokers",
                    other.bootstrapServers(),
                    "--resources-path",
                    own.toString());
        }
    }

    @Test
    void aPortWithoutAKafkaIsToldAtOnce() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        long begin = System.nanoTime();

        int exitCode = run((args, environment, out, onReady) -> 0, "--brokers", "127.0.0.1:" + free);

        assertThat(exitCode).isEqualTo(1);
        assertThat(text()).contains("sluice-dev: no Kafka at 127.0.0.1:" + free + ": Connection refused");
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin)).isLessThan(5);
    }

    @Test
    void aPortOfSomethingElseIsToldSoon() throws IOException {
        try (ServerSocket silent = new ServerSocket(0)) {
            long begin = System.nanoTime();

            int exitCode =
                    run((args, environment, out, onReady) -> 0, "--brokers", "127.0.0.1:" + silent.getLocalPort());

            assertThat(exitCode).isEqualTo(1);
            assertThat(text()).contains("does not answer as a Kafka without TLS and log-in does");
            assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin))
                    .isLessThan(12);
        }
    }

    @ParameterizedTest
    @CsvSource({"kafka, HOST:PORT", "kafka:no, HOST:PORT", "no.such.host.invalid:9092, the name is unknown"})
    void brokersThatCannotBeAreTold(String brokers, String message) {
        assertThat(run((args, environment, out, onReady) -> 0, "--brokers", brokers))
                .isNotZero();
        assertThat(text()).contains(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "--no-such-flag"})
    void whatStartsNoGatewayStartsNoKafka(String flag) {
        run((args, environment, out, onReady) -> 2, flag);

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFolderInUseIsToldAndEndsTheProgram() {
        EmbeddedKafka other = EmbeddedKafka.start(EmbeddedKafkaSettings.in(kafka()));

        assertThat(run((args, environment, out, onReady) -> 0)).isEqualTo(1);

        other.close();
        assertThat(text()).contains("sluice-dev: another Kafka is running on the folder " + kafka());
    }

    @Test
    void theExamplesThatTheProgramBringsAreAllOfThem() throws IOException {
        try (var files = Files.list(examples())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Examples.FILES);
        }
        assertThat(ready(Map.of("KAFKA_BROKERS", "localhost:9092")).bindings().get())
                .flatMap(binding -> binding.isInput() ? binding.topics() : List.of(binding.publishTopic()))
                .containsOnly("orders");
        assertThat(Examples.TOPICS).containsOnlyKeys("orders");
    }

    private int run(DevGateway gateway, String... args) {
        PrintStream out = new PrintStream(printed, true, UTF_8);
        return new SluiceDev(gateway, Map.of(), new Folders(examples(), kafka()), out).run(args);
    }

    private static Path examples() {
        return Folders.find(PROGRAM, PROGRAM).components();
    }

    private Path kafka() {
        return folder.resolve("kafka");
    }

    private Path ownComponents() throws IOException {
        Path own = Files.createDirectory(folder.resolve("own"));
        Files.writeString(own.resolve("invoices.yaml"), OWN_COMPONENTS);
        return own;
    }

    private static ReadyGateway ready(Map<String, String> environment) {
        return ready(environment, examples());
    }

    private static ReadyGateway ready(Map<String, String> environment, Path components) {
        var loaded =
                ComponentLoader.load(new LoaderSettings(List.of(components), "sluice-demo", null, environment, null));
        return new ReadyGateway(
                URI.create("http://127.0.0.1:4711"),
                null,
                URI.create("http://127.0.0.1:4713/metrics"),
                loaded::bindings);
    }

    private String text() {
        return printed.toString(UTF_8);
    }

    private void awaitPrinted(String line) {
        Awaitility.await().until(() -> text().contains(line));
    }

    private static int status(HttpRequest request) {
        try {
            return HttpClient.newHttpClient()
                    .send(request, BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void send(String brokers, String topic, int partition, String value) {
        StringSerializer text = new StringSerializer();
        try (Producer<String, String> producer =
                new KafkaProducer<>(Map.of("bootstrap.servers", brokers), text, text)) {
            producer.send(new ProducerRecord<>(topic, partition, "key1", value)).get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
