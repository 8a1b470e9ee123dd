package io.sluice.it.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.dev.kafka.EmbeddedKafka;
import io.sluice.dev.kafka.EmbeddedKafkaSettings;
import io.sluice.dev.kafka.Listener;
import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import io.sluice.it.input.TestApp;
import io.sluice.it.kafka.Records;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** AWS identities at a broker of its own, which checks the signatures with code of the test's own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AwsIamIT {
    private static final String TOPIC = "signed";
    private static final String ACCESS_KEY = "AKIAPERMANENT";
    private static final String SECRET_KEY = "permanent/secret+key";

    private final Map<String, String> before = new HashMap<>();
    private final TestApp app = new TestApp().listen();

    private String door;
    private EmbeddedKafka kafka;
    private LocalSts sts;
    private TestGateway gateway;

    @BeforeAll
    void start() throws Exception {
        sts = LocalSts.start();
        set("aws.endpointUrlSts", sts.url());
        leaveTheChainNothing();
        int port = freePort();
        door = "127.0.0.1:" + port;
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "kafka")), "iam-");
        kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder)
                .withTopics(Map.of(TOPIC, 1))
                .withListeners(List.of(new Listener("IAM", "SASL_PLAINTEXT", port)))
                .withServerProperties(serverProperties()));
        Component keys = awsiam("keys").with("accessKey", ACCESS_KEY);
        gateway = TestGateway.start(
                Map.of(),
                List.of(
                        keys.with("secretKey", SECRET_KEY)
                                .with("direction", "input, output")
                                .with("topics", TOPIC)
                                .with("initialOffset", "oldest"),
                        awsiam("temporary")
                                .with("awsAccessKey", LocalSts.ACCESS_KEY)
                                .with("awsSecretKey", LocalSts.SECRET_KEY)
                                .with("awsSessionToken", LocalSts.SESSION_TOKEN),
                        role("role", LocalSts.ROLE),
                        role("denied", LocalSts.ROLE + "-of-others"),
                        new Component("wrong", keys.metadata()).with("secretKey", "mistyped"),
                        awsiam("nothing")),
                "--app-port=" + app.port());
    }

    @AfterAll
    void stop() {
        if (gateway != null) {
            gateway.close();
        }
        kafka.close();
        sts.close();
        app.close();
        restore();
    }

    @Test
    void theKeysOfTheComponentProduceAndConsume() {
        assertThat(call("keys", "\"by keys\"").statusCode()).isEqualTo(204);

        await().atMost(Duration.ofSeconds(20)).until(() -> app.takenTexts().contains("\"by keys\""));
    }

    @Test
    void aTemporaryKeyLogsInWithItsSessionToken() {
        assertThat(call("temporary", "\"by a temporary key\"").statusCode()).isEqualTo(204);

        assertThat(values()).contains("\"by a temporary key\"");
    }

    @Test
    void aRoleIsTakenOnWithTheKeysOfTheComponent() {
        assertThat(call("role", "\"by a role\"").statusCode()).isEqualTo(204);

        assertThat(values()).contains("\"by a role\"");
        assertThat(sts.requests())
                .anyMatch(request -> request.contains("Action=AssumeRole")
                        && request.contains("RoleSessionName=shop")
                        && request.contains("Credential=" + ACCESS_KEY + "/")
                        && request.contains("/eu-central-1/sts/aws4_request"));
    }

    @Test
    void aRoleThatAwsDoesNotGiveIsToldByFieldAndReason() {
        String why = "assumeRoleArn " + LocalSts.ROLE + "-of-others: AWS does not give us the role: AccessDenied:"
                + " User: arn:aws:iam::123456789012:user/shop is not authorized";

        assertRefused("denied", why);
    }

    @Test
    void whereThereAreNoCredentialsTheFieldIsNamed() {
        assertRefused("nothing", "there is no accessKey, and AWS's own chain finds no credentials: ");
    }

    @Test
    void aWrongSecretKeyIsSaidWhileOthersWorkAndNothingIsWritten() {
        assertRefused("wrong", door);

        assertThat(call("keys", "\"still\"").statusCode()).isEqualTo(204);
        assertThat(values()).doesNotContain("\"refused by wrong\"");
    }

    private void assertRefused(String binding, String why) {
        HttpResponse<String> answer = call(binding, "\"refused by " + binding + "\"");

        assertThat(answer.statusCode()).isEqualTo(500);
        JsonObject error = new JsonObject(answer.body());
        assertThat(error.getString("errorCode")).isEqualTo("ERR_INVOKE_OUTPUT_BINDING");
        assertThat(error.getString("message"))
                .startsWith("error invoking output binding " + binding + ": ")
                .contains(why)
                .doesNotContain("mistyped");
        String health = gateway.get("/v1.0-sluice/health").body();
        assertThat(new JsonObject(health).getJsonObject("targets").getString("kafka:" + binding))
                .contains(why);
        assertThat(health).doesNotContain("mistyped", SECRET_KEY);
    }

    private HttpResponse<String> call(String binding, String data) {
        return gateway.call(binding, TestGateway.envelope(data));
    }

    private List<String> values() {
        return Records.readAll(kafka.bootstrapServers(), TOPIC).stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }

    private Component awsiam(String name) {
        return Component.at(door, name)
                .with("authType", "awsiam")
                .with("region", "eu-central-1")
                .with("disableTls", "true")
                .with("direction", "output")
                .with("publishTopic", TOPIC)
                .with("metadataTimeout", "2s");
    }

    private Component role(String name, String arn) {
        return awsiam(name)
                .with("accessKey", ACCESS_KEY)
                .with("secretKey", SECRET_KEY)
                .with("assumeRoleArn", arn)
                .with("sessionName", "shop");
    }

    private static Map<String, String> serverProperties() {
        String listener = "listener.name.iam.oauthbearer.";
        String identities = OAuthBearerLoginModule.class.getName() + " required"
                + " key_" + ACCESS_KEY + "=\"" + SECRET_KEY + "\""
                + " key_" + LocalSts.ACCESS_KEY + "=\"" + LocalSts.SECRET_KEY + "\""
                + " session_" + LocalSts.ACCESS_KEY + "=\"" + LocalSts.SESSION_TOKEN + "\";";
        return Map.of(
                "listener.name.iam.sasl.enabled.mechanisms",
                "OAUTHBEARER",
                listener + "sasl.jaas.config",
                identities,
                listener + "sasl.server.callback.handler.class",
                IamBrokerCallback.class.getName(),
                listener + "sasl.login.callback.handler.class",
                IamBrokerCallback.class.getName());
    }

    /** Takes away where AWS's own chain of providers looks on this machine. */
    private void leaveTheChainNothing() throws IOException {
        Path nothing = Files.createTempDirectory(Path.of("target"), "aws-");
        set("aws.disableEc2Metadata", "true");
        set("aws.sharedCredentialsFile", nothing.resolve("credentials").toString());
        set("aws.configFile", nothing.resolve("config").toString());
    }

    private void set(String property, String value) {
        before.put(property, System.getProperty(property));
        System.setProperty(property, value);
    }

    private void restore() {
        before.forEach((name, value) -> {
            if (value == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
