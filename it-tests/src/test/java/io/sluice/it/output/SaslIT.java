package io.sluice.it.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dev.kafka.EmbeddedKafka;
import io.sluice.dev.kafka.EmbeddedKafkaSettings;
import io.sluice.dev.kafka.Listener;
import io.sluice.dev.kafka.Topics;
import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import io.sluice.it.kafka.Records;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Log-in with a name and a password at a broker of its own, which also says who may write where. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SaslIT {
    private static final String USER = "user";
    private static final String PASSWORD = "pass\"word' \\;=ü";
    private static final String OPEN = "open";
    private static final String CLOSED = "closed";
    private static final String LOGIN = "org.apache.kafka.common.security.";

    private String door;
    private EmbeddedKafka kafka;
    private TestGateway gateway;

    @BeforeAll
    void start() throws Exception {
        int port = freePort();
        door = "127.0.0.1:" + port;
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "kafka")), "sasl-");
        kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder)
                .withListeners(List.of(new Listener("SASL", "SASL_PLAINTEXT", port)))
                .withServerProperties(serverProperties()));
        Topics.create(kafka.bootstrapServers(), Map.of(OPEN, 1, CLOSED, 1));
        letIn();
        Component wrong = password("wrong", OPEN, "mistyped").with("metadataTimeout", "1s");
        Component denied = password("denied", CLOSED, PASSWORD).with("metadataTimeout", "1s");
        Map<String, String> files = Map.of(
                "narrow.yaml", narrow("narrow").yaml(),
                "strict.yaml", narrow("strict").with("idempotence", "true").yaml(),
                "scram.yaml", password("scram", OPEN, PASSWORD).yaml(),
                "wrong.yaml", wrong.yaml(),
                "denied.yaml", denied.yaml(),
                "legacy.yaml", legacy("legacy", OPEN).yaml().replace("  version: v1\n", ""));
        gateway = TestGateway.start(TestGateway.folderWith(files), Map.of());
    }

    @AfterAll
    void stop() {
        if (gateway != null) {
            gateway.close();
        }
        kafka.close();
    }

    @Test
    void scramLogsInAndProduces() {
        assertThat(call("scram", "\"by scram\"").statusCode()).isEqualTo(204);

        assertThat(values()).contains("\"by scram\"");
    }

    @Test
    void theLegacyFieldsLogInWithPlainWithoutTlsVersionOrApp() {
        assertThat(call("legacy", "\"by plain\"").statusCode()).isEqualTo(204);

        assertThat(values()).contains("\"by plain\"");
    }

    @Test
    void aLoginThatMayOnlyWriteToItsTopicProducesWhereIdempotenceIsARightOnTheCluster() {
        List<CompletableFuture<HttpResponse<String>>> calls = IntStream.range(0, 20)
                .mapToObj(i -> gateway.callAsync("narrow", TestGateway.envelope("\"narrow " + i + "\"")))
                .toList();

        assertThat(calls)
                .allSatisfy(call -> assertThat(call.join().statusCode()).isEqualTo(204));
        assertThat(values())
                .filteredOn(value -> value.startsWith("\"narrow "))
                .hasSize(20)
                .doesNotHaveDuplicates();
    }

    @Test
    void whoAsksForIdempotenceIsToldThatTheLoginMayNot() {
        HttpResponse<String> answer = call("strict", "\"strict\"");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(new JsonObject(answer.body()).getString("message"))
                .endsWith("look at idempotence, or let this login write idempotently");
        assertThat(values()).doesNotContain("\"strict\"");
    }

    @Test
    void aWrongPasswordIsSaidToTheCallerAndInHealthWhileOthersWork() {
        HttpResponse<String> answer = call("wrong", "1");

        assertThat(answer.statusCode()).isEqualTo(500);
        JsonObject error = new JsonObject(answer.body());
        assertThat(error.getString("errorCode")).isEqualTo("ERR_INVOKE_OUTPUT_BINDING");
        assertThat(error.getString("message"))
                .startsWith("error invoking output binding wrong: ")
                .contains(door)
                .containsIgnoringCase("authentication failed")
                .doesNotContain("mistyped");
        HttpResponse<String> health = gateway.get("/v1.0-sluice/health");
        assertThat(health.statusCode()).isEqualTo(503);
        assertThat(health.body()).containsIgnoringCase("authentication failed").doesNotContain("mistyped");
        JsonObject targets = new JsonObject(health.body()).getJsonObject("targets");
        assertThat(targets.getJsonObject("kafka:wrong").getBoolean("ready")).isFalse();
        assertThat(targets.getJsonObject("kafka:scram").getBoolean("ready")).isTrue();
        assertThat(call("scram", "2").statusCode()).isEqualTo(204);
    }

    @Test
    void aTopicThatTheUserMayNotWriteToIsAClearError() {
        HttpResponse<String> answer = call("denied", "1");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(new JsonObject(answer.body()).getString("message"))
                .isEqualTo("error invoking output binding denied: kafka at " + door
                        + " denies access: Topic authorization failed; look at publishTopic, or let this login"
                        + " write there");
    }

    private HttpResponse<String> call(String binding, String data) {
        return gateway.call(binding, TestGateway.envelope(data));
    }

    private List<String> values() {
        return Records.readAll(kafka.bootstrapServers(), OPEN).stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }

    private Component password(String name, String topic, String password) {
        return Component.at(door, name)
                .with("authType", "password")
                .with("saslUsername", USER)
                .with("saslPassword", password)
                .with("disableTls", "true")
                .with("saslMechanism", "SHA-512")
                .with("direction", "output")
                .with("publishTopic", topic);
    }

    private Component narrow(String name) {
        return password(name, OPEN, PASSWORD)
                .with("saslUsername", OlderAuthorizer.USER)
                .with("saslMechanism", "PLAIN");
    }

    /** The component of Dapr's own certification test. */
    private Component legacy(String name, String topic) {
        return Component.at(door, name)
                .with("authRequired", "true")
                .with("saslUsername", USER)
                .with("saslPassword", PASSWORD)
                .with("disableTls", "true")
                .with("publishTopic", topic);
    }

    private static Map<String, String> serverProperties() {
        String quoted = PASSWORD.replace("\\", "\\\\").replace("\"", "\\\"");
        return Map.of(
                "listener.name.sasl.sasl.enabled.mechanisms",
                "PLAIN,SCRAM-SHA-512",
                "listener.name.sasl.plain.sasl.jaas.config",
                LOGIN + "plain.PlainLoginModule required user_" + USER + "=\"" + quoted + "\" user_"
                        + OlderAuthorizer.USER + "=\"" + quoted + "\";",
                "listener.name.sasl.scram-sha-512.sasl.jaas.config",
                LOGIN + "scram.ScramLoginModule required;",
                "authorizer.class.name",
                OlderAuthorizer.class.getName(),
                "super.users",
                "User:ANONYMOUS");
    }

    /** Gives the user a SCRAM password, and both users the right to write to one topic. */
    private void letIn() throws Exception {
        ResourcePattern topic = new ResourcePattern(ResourceType.TOPIC, OPEN, PatternType.LITERAL);
        ScramCredentialInfo scram = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(USER, scram, PASSWORD)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
            admin.createAcls(List.of(
                            new AclBinding(topic, writes(USER)), new AclBinding(topic, writes(OlderAuthorizer.USER))))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
    }

    private static AccessControlEntry writes(String user) {
        return new AccessControlEntry("User:" + user, "*", AclOperation.WRITE, AclPermissionType.ALLOW);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
