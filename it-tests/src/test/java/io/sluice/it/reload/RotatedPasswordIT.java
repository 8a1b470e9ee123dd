package io.sluice.it.reload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.dev.kafka.EmbeddedKafka;
import io.sluice.dev.kafka.EmbeddedKafkaSettings;
import io.sluice.dev.kafka.Listener;
import io.sluice.dev.kafka.Topics;
import io.sluice.it.kafka.Records;
import io.sluice.it.process.Api;
import io.sluice.it.process.HttpLoad;
import io.sluice.it.process.Launch;
import io.sluice.it.process.SluiceProcess;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A password that changes at the broker first, and in the file of secrets when it is noticed that it has. */
class RotatedPasswordIT {
    private static final String USER = "user";
    private static final String TOPIC = "orders";
    private static final int PER_SECOND = 200;
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration EVERY_ANSWER = Duration.ofSeconds(35);

    @TempDir
    private Path folder;

    private String door;
    private EmbeddedKafka kafka;

    @BeforeEach
    void startKafka() throws Exception {
        int port = freePort();
        door = "127.0.0.1:" + port;
        kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder.resolve("kafka"))
                .withListeners(List.of(new Listener("SASL", "SASL_PLAINTEXT", port)))
                .withServerProperties(Map.of(
                        "listener.name.sasl.sasl.enabled.mechanisms",
                        "SCRAM-SHA-512",
                        "listener.name.sasl.scram-sha-512.sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required;",
                        // Who is logged in has to log in again soon: the old password is of no use any more.
                        "listener.name.sasl.scram-sha-512.connections.max.reauth.ms",
                        "1500")));
        Topics.create(kafka.bootstrapServers(), Map.of(TOPIC, 3));
    }

    @AfterEach
    void stopKafka() {
        kafka.close();
    }

    @Test
    void requestsFailClearlyWhileTheFileIsBehindAndRecoverWithoutARestart() throws Exception {
        passwordAtTheBroker("pw-before-7c1");
        passwordInTheFile("pw-before-7c1");
        try (SluiceProcess gateway = Launch.gateway(store(), component()).start()) {
            Api api = gateway.awaitReady();
            rotate(gateway, api);
        }
    }

    private void rotate(SluiceProcess gateway, Api api) throws Exception {
        try (HttpLoad load = HttpLoad.start(api, "orders", PER_SECOND, HttpVersion.HTTP_2)) {
            load.awaitStored(PER_SECOND, SOON);
            assertThat(load.statuses()).containsOnlyKeys(204);

            passwordAtTheBroker("pw-after-9d2");
            await().atMost(SOON).until(() -> load.statuses().containsKey(500));
            awaitClearError(api);
            passwordInTheFile("pw-after-9d2");

            awaitRecovery(api);
            int recovered = load.sent();
            load.awaitStored(PER_SECOND, SOON);
            load.stop(EVERY_ANSWER);
            assertThat(load.statuses().keySet()).isSubsetOf(204, 500);
            assertThat(failedSince(recovered, load))
                    .as("failed after the recovery")
                    .isEmpty();
            assertThat(stored()).containsAll(load.answered(204));
            gateway.assertUnharmed();
            assertThat(gateway.out())
                    .noneMatch(line -> line.contains("pw-before-7c1") || line.contains("pw-after-9d2"));
        }
    }

    private static void awaitClearError(Api api) {
        await().atMost(SOON).untilAsserted(() -> {
            HttpResponse<String> answer =
                    api.create("orders", "\"probe\"").get(EVERY_ANSWER.toSeconds(), TimeUnit.SECONDS);
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).containsIgnoringCase("authentication failed");
        });
    }

    private static void awaitRecovery(Api api) {
        await().atMost(SOON)
                .until(() -> api.create("orders", "\"probe\"")
                                .get(EVERY_ANSWER.toSeconds(), TimeUnit.SECONDS)
                                .statusCode()
                        == 204);
    }

    private static Set<String> failedSince(int number, HttpLoad load) {
        return load.answered(500).stream()
                .filter(data -> HttpLoad.number(data) >= number)
                .collect(Collectors.toSet());
    }

    private Set<String> stored() {
        return Records.readAll(kafka.bootstrapServers(), TOPIC).stream()
                .map(record -> new String(record.value(), UTF_8))
                .collect(Collectors.toSet());
    }

    private void passwordAtTheBroker(String password) throws Exception {
        ScramCredentialInfo scram = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(USER, scram, password)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
    }

    private void passwordInTheFile(String password) throws IOException {
        Files.writeString(secrets(), "{\"kafka-password\": \"" + password + "\"}");
    }

    private Path secrets() {
        return folder.resolve("secrets.json").toAbsolutePath();
    }

    private String store() {
        return """
                apiVersion: dapr.io/v1alpha1
                kind: Component
                metadata: {name: vault}
                spec:
                  type: secretstores.local.file
                  version: v1
                  metadata:
                    - {name: secretsFile, value: "%s"}
                """.formatted(secrets());
    }

    private String component() {
        return """
                apiVersion: dapr.io/v1alpha1
                kind: Component
                metadata: {name: orders}
                auth: {secretStore: vault}
                spec:
                  type: bindings.kafka
                  version: v1
                  metadata:
                    - {name: brokers, value: "%s"}
                    - {name: authType, value: password}
                    - {name: saslMechanism, value: SHA-512}
                    - {name: saslUsername, value: %s}
                    - {name: saslPassword, secretKeyRef: {name: kafka-password}}
                    - {name: disableTls, value: true}
                    - {name: metadataTimeout, value: 1s}
                    - {name: direction, value: output}
                    - {name: publishTopic, value: %s}
                """.formatted(door, USER, TOPIC);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
