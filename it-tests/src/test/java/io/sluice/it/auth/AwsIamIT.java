package io.sluice.it.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import io.sluice.it.input.TestApp;
import io.sluice.it.kafka.Records;
import io.sluice.testing.tls.TestCa;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** AWS identities at a broker of its own, with and without TLS, which checks the signatures with code of the test's own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AwsIamIT {
    private static final String PLAIN = "IAM";
    private static final String SECURE = "IAMTLS";
    private static final String ACCESS_KEY = "AKIAPERMANENT";
    private static final String SECRET_KEY = "permanent/secret+key";

    private final Map<String, String> before = new HashMap<>();
    private final TestApp app = new TestApp().listen();
    private final TestCa ca = TestCa.create();

    private SecureKafka kafka;
    private String topic;
    private LocalSts sts;
    private TestGateway gateway;

    @BeforeAll
    void start() throws Exception {
        sts = LocalSts.start();
        set("aws.endpointUrlSts", sts.url());
        leaveTheChainNothing();
        kafka = SecureKafka.start(forIdentities(Door.sasl(PLAIN)), forIdentities(Door.saslTls(SECURE, ca.server())));
        topic = kafka.plain().newTopic();
        Component keys = awsiam("keys").with("accessKey", ACCESS_KEY);
        Component right = RoundTrip.both(
                        keys.with("secretKey", SECRET_KEY), kafka.plain().newTopic())
                .with("direction", "input, output");
        Component temporary = awsiam("temporary")
                .with("awsAccessKey", LocalSts.ACCESS_KEY)
                .with("awsSecretKey", LocalSts.SECRET_KEY)
                .with("awsSessionToken", LocalSts.SESSION_TOKEN);
        Component role = role("role", LocalSts.ROLE);
        Component wrong = new Component("wrong", keys.metadata()).with("secretKey", "mistyped");
        gateway = TestGateway.start(
                Map.of(),
                List.of(
                        right,
                        secure(RoundTrip.both(right, kafka.plain().newTopic())),
                        temporary,
                        secure(temporary),
                        role,
                        secure(role),
                        role("denied", LocalSts.ROLE + "-of-others"),
                        wrong,
                        secure(wrong),
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

    @ParameterizedTest
    @ValueSource(strings = {"keys", "keys-tls"})
    void theKeysOfTheComponentProduceAndConsume(String binding) {
        assertThat(call(binding, "\"by keys\"").statusCode()).isEqualTo(204);

        await().atMost(Duration.ofSeconds(20))
                .until(() -> app.takenTexts("/" + binding).contains("\"by keys\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"temporary", "temporary-tls"})
    void aTemporaryKeyLogsInWithItsSessionToken(String binding) {
        assertThat(call(binding, "\"by " + binding + "\"").statusCode()).isEqualTo(204);

        assertThat(values()).contains("\"by " + binding + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"role", "role-tls"})
    void aRoleIsTakenOnWithTheKeysOfTheComponent(String binding) {
        assertThat(call(binding, "\"by " + binding + "\"").statusCode()).isEqualTo(204);

        assertThat(values()).contains("\"by " + binding + "\"");
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

    @ParameterizedTest
    @CsvSource({"wrong, IAM", "wrong-tls, IAMTLS"})
    void aWrongSecretKeyIsSaidWhileOthersWorkAndNothingIsWritten(String binding, String door) {
        assertRefused(
                binding,
                "kafka at " + kafka.at(door)
                        + " refuses the token ({\"status\":\"invalid_token\"}): unknown identity, other "
                        + "region, or not allowed to connect; look at region, accessKey and secretKey");

        assertThat(call("temporary", "\"still\"").statusCode()).isEqualTo(204);
        assertThat(values()).doesNotContain("\"refused by " + binding + "\"");
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
        assertThat(new JsonObject(health)
                        .getJsonObject("targets")
                        .getJsonObject("kafka:" + binding)
                        .getString("detail"))
                .contains(why);
        assertThat(health).doesNotContain("mistyped", SECRET_KEY);
    }

    private HttpResponse<String> call(String binding, String data) {
        return gateway.call(binding, TestGateway.envelope(data));
    }

    private List<String> values() {
        return Records.readAll(kafka.plain().bootstrapServers(), topic).stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }

    private Component awsiam(String name) {
        return Component.at(kafka.at(PLAIN), name)
                .with("authType", "awsiam")
                .with("region", "eu-central-1")
                .with("disableTls", "true")
                .with("direction", "output")
                .with("publishTopic", topic)
                .with("metadataTimeout", "2s");
    }

    private Component role(String name, String arn) {
        return awsiam(name)
                .with("accessKey", ACCESS_KEY)
                .with("secretKey", SECRET_KEY)
                .with("assumeRoleArn", arn)
                .with("sessionName", "shop");
    }

    /** The same at the door with TLS, as Amazon's brokers have it. */
    private Component secure(Component binding) {
        return new Component(
                        binding.name() + "-tls", binding.without("disableTls").metadata())
                .with("brokers", kafka.at(SECURE))
                .with("caCert", ca.certificate());
    }

    private static Door forIdentities(Door door) {
        String identities = OAuthBearerLoginModule.class.getName() + " required"
                + " key_" + ACCESS_KEY + "=\"" + SECRET_KEY + "\""
                + " key_" + LocalSts.ACCESS_KEY + "=\"" + LocalSts.SECRET_KEY + "\""
                + " session_" + LocalSts.ACCESS_KEY + "=\"" + LocalSts.SESSION_TOKEN + "\";";
        return door.with("sasl.enabled.mechanisms", "OAUTHBEARER")
                .with("oauthbearer.sasl.jaas.config", identities)
                .with("oauthbearer.sasl.server.callback.handler.class", IamBrokerCallback.class.getName())
                .with("oauthbearer.sasl.login.callback.handler.class", IamBrokerCallback.class.getName());
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
}
