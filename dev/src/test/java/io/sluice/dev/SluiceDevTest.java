package io.sluice.dev;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dev.kafka.EmbeddedKafka;
import io.sluice.dev.kafka.EmbeddedKafkaSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SluiceDevTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void aRecordThatArrivesIsShown() {
        int exitCode = run((args, environment, out) -> {
            send(environment.get("KAFKA_BROKERS"), "orders", "key1", "{\"message\":\"Hi\"}");
            awaitPrinted("demo: orders/2@0 key=key1 {\"message\":\"Hi\"}");
            return 0;
        });

        assertThat(exitCode).isZero();
    }

    @Test
    void theReadyLineIsFollowedByACurlForItsAddress() {
        run((args, environment, out) -> {
            out.println("sluice ready http=127.0.0.1:4711 grpc=127.0.0.1:4712 in 5 ms");
            return 0;
        });

        assertThat(text())
                .contains("sluice ready http=127.0.0.1:4711 grpc=127.0.0.1:4712 in 5 ms")
                .contains("curl -i http://127.0.0.1:4711/v1.0/bindings/myKafka -d '{\"operation\":\"create\"");
    }

    @Test
    void theCurlFollowsTheGatewayToTls() {
        run((args, environment, out) -> {
            out.println("sluice ready http=127.0.0.1:4711 grpc=127.0.0.1:4712 in 5 ms, with TLS");
            return 0;
        });

        assertThat(text()).contains("curl -i https://127.0.0.1:4711/v1.0/bindings/myKafka");
    }

    @Test
    void theGatewayFindsTheExamplesUnlessToldOtherwise() {
        run(
                (args, environment, out) -> {
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
    void theGatewaysExitCodeIsTheProgramsAndKafkaIsGone() {
        assertThat(run((args, environment, out) -> 2)).isEqualTo(2);

        // would be refused while the folder is in use
        EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder)).close();
    }

    @Test
    void anotherKafkaGetsTheTopicsOfTheExamples() {
        try (EmbeddedKafka other = EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder))) {
            int exitCode = run(
                    (args, environment, out) -> {
                        assertThat(environment).containsEntry("KAFKA_BROKERS", other.bootstrapServers());
                        send(other.bootstrapServers(), "orders", "key1", "1");
                        awaitPrinted("demo: orders/2@0 key=key1 1");
                        return 0;
                    },
                    "--brokers",
                    other.bootstrapServers());

            assertThat(exitCode).isZero();
        }
    }

    @Test
    void helpStartsNoKafka() {
        run((args, environment, out) -> 0, "--help");

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFolderInUseIsToldAndEndsTheProgram() {
        EmbeddedKafka other = EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder));

        assertThat(run((args, environment, out) -> 0)).isEqualTo(1);

        other.close();
        assertThat(text()).contains("sluice-dev: another Kafka is running on the folder " + folder);
    }

    @Test
    void theExamplesNameTheTopicsThatAreCreated() throws Exception {
        assertThat(Files.readString(Examples.components().resolve("kafka.yaml")))
                .contains(Examples.TOPICS.keySet());
    }

    private int run(DevGateway gateway, String... args) {
        PrintStream out = new PrintStream(printed, true, UTF_8);
        return new SluiceDev(gateway, Map.of(), folder, out).run(args);
    }

    private String text() {
        return printed.toString(UTF_8);
    }

    private void awaitPrinted(String line) {
        Awaitility.await().until(() -> text().contains(line));
    }

    private static void send(String brokers, String topic, String key, String value) {
        StringSerializer text = new StringSerializer();
        try (Producer<String, String> producer =
                new KafkaProducer<>(Map.of("bootstrap.servers", brokers), text, text)) {
            producer.send(new ProducerRecord<>(topic, 2, key, value)).get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
