package io.sluice.it.input;

import static io.sluice.it.input.Stage.eventually;
import static io.sluice.it.input.Stage.forAWhile;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.dapr.v1.DaprAppCallbackProtos.BindingEventRequest;
import io.dapr.v1.DaprAppCallbackProtos.BindingEventResponse;
import io.grpc.InsecureServerCredentials;
import io.grpc.Status;
import io.grpc.TlsServerCredentials;
import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import io.vertx.core.net.SelfSignedCertificate;
import java.io.File;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The app is the server side of Dapr's own Java SDK. */
@WithKafka
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GrpcAppIT {
    private final DaprApp app = new DaprApp(InsecureServerCredentials.create(), "in", "elsewhere");
    private Stage stage;
    private String topic;
    private String unlisted;
    private String target;
    private TestGateway gateway;

    @BeforeAll
    void open(TestKafka kafka) {
        stage = new Stage(kafka);
        topic = kafka.newTopic();
        unlisted = kafka.newTopic();
        target = kafka.newTopic();
        gateway = TestGateway.start(
                Map.of("APP_API_TOKEN", "s3cret"),
                List.of(asked("in", topic), asked("unlisted", unlisted), Component.output(kafka, "out", target)),
                "--app-port=" + app.port(),
                "--app-protocol=grpc",
                "--enable-app-health-check",
                "--app-health-probe-interval=1",
                "--app-health-threshold=1");
    }

    /** A binding that the app is asked about, and whose records are tried again soon. */
    private Component asked(String name, String of) {
        return Component.input(stage.kafka(), name, of)
                .without("direction")
                .with("consumeRetryEnabled", "true")
                .with("backOffDuration", "50ms");
    }

    @AfterEach
    void answerAsUsual() {
        app.answer(event -> BindingEventResponse.getDefaultInstance());
    }

    @AfterAll
    void close() {
        gateway.close();
        stage.close();
        app.close();
    }

    @Test
    void aRecordArrivesWithItsMetadataAndIsCommitted() {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, 0, 1_700_000_000_123L, "the key".getBytes(UTF_8), "whole".getBytes(UTF_8));
        record.headers().add("Colour", "röt".getBytes(UTF_8)).add("binary", new byte[] {-1});

        long offset = stage.send(record).offset();

        BindingEventRequest event = eventually()
                .until(() -> app.deliveries("whole"), seen -> seen.size() == 1)
                .get(0);
        assertThat(event.getName()).isEqualTo("in");
        assertThat(event.getMetadataMap())
                .isEqualTo(Map.of(
                        "__key", "the key",
                        "__topic", topic,
                        "__partition", "0",
                        "__offset", String.valueOf(offset),
                        "__timestamp", "1700000000123",
                        "Colour", "röt",
                        "binary", "%FF",
                        "sluice-encoded-headers", "binary"));
        eventually().until(() -> committed() > offset);
        assertThat(app.tokens()).containsExactly("s3cret");
    }

    @Test
    void aTombstoneIsNull() {
        stage.send(new ProducerRecord<>(topic, 0, null, null));

        eventually().until(() -> app.deliveries("null").size() == 1);
    }

    @Test
    void aRecordThatIsRefusedComesAgain() {
        app.answer(event -> {
            if (app.deliveries("again").size() < 3) {
                throw Status.UNAVAILABLE.withDescription("not yet").asRuntimeException();
            }
            return BindingEventResponse.getDefaultInstance();
        });

        stage.send(topic, "again");

        eventually().until(() -> app.deliveries("again").size() == 3);
        eventually().until(() -> Stage.partition(gateway, "in").getInteger("windowRecords") == 0);
        assertThat(gateway.metric(
                        "dapr_grpc_io_client_completed_rpcs",
                        "grpc_client_method=\"/dapr.proto.runtime.v1.AppCallback/OnBindingEvent\"",
                        "grpc_client_status=\"Unavailable\""))
                .isEqualTo(2);
    }

    @Test
    void aBindingThatTheAppDoesNotListIsNotDelivered() {
        stage.send(unlisted, "unwanted");
        stage.send(topic, "wanted");

        eventually().until(() -> app.deliveries("wanted").size() == 1);
        assertThat(app.deliveries("unwanted")).isEmpty();
        assertThat(Stage.partitions(gateway, "unlisted").encode()).contains("ListInputBindings does not name it");
    }

    @Test
    void theAnswerMayAskForMoreRecords() {
        app.answer(event -> BindingEventResponse.newBuilder()
                .addTo("out")
                .setData(ByteString.copyFromUtf8("{\"n\": 1.00}"))
                .build());

        stage.send(topic, "fan");

        eventually().until(() -> texts(target).equals(List.of("{\"n\": 1.00}")));
    }

    @Test
    void anAppThatIsNotHealthyGetsNothing() {
        app.feel(Status.UNAVAILABLE);
        eventually().until(() -> !Stage.health(gateway, "app").getBoolean("ready"));
        stage.send(topic, "later");
        forAWhile().until(() -> app.deliveries("later").isEmpty());

        app.feel(Status.OK);

        eventually().until(() -> app.deliveries("later").size() == 1);
    }

    @Test
    void overTlsAnyCertificateWillDo(TestKafka kafka) throws Exception {
        SelfSignedCertificate certificate = SelfSignedCertificate.create("somebody.else");
        String secret = kafka.newTopic();
        stage.send(secret, "secret");
        try (DaprApp secure = new DaprApp(
                        TlsServerCredentials.create(
                                new File(certificate.certificatePath()), new File(certificate.privateKeyPath())),
                        "tls");
                TestGateway other = TestGateway.start(
                        Map.of(),
                        List.of(asked("tls", secret)),
                        "--app-port=" + secure.port(),
                        "--app-protocol=grpcs")) {
            eventually().until(() -> secure.deliveries("secret").size() == 1);
            assertThat(secure.tokens()).containsExactly("none");
            assertThat(other.get("/v1.0/metadata").body()).contains("\"grpcs\"");
        } finally {
            certificate.delete();
        }
    }

    private long committed() {
        return Groups.offset(stage.kafka(), asked("in", topic).field("consumerGroup"), topic);
    }

    private List<String> texts(String of) {
        return stage.kafka().readAll(of).stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }
}
