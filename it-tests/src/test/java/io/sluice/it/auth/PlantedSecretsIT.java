package io.sluice.it.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.dapr.client.DaprClient;
import io.dapr.client.DaprClientBuilder;
import io.dapr.config.Properties;
import io.sluice.app.settings.Settings;
import io.sluice.dev.kafka.Ports;
import io.sluice.it.process.Api;
import io.sluice.it.process.Launch;
import io.sluice.it.process.SluiceProcess;
import io.sluice.testing.tls.TestCa;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.junit.jupiter.api.Test;

/** Secrets in every place that takes one, and everything that comes out, at the finest log level. */
class PlantedSecretsIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String EVERYTHING = """
        <configuration>
          <statusListener class="ch.qos.logback.core.status.NopStatusListener"/>
          <appender name="console" class="ch.qos.logback.core.ConsoleAppender">
            <encoder><pattern>%d %level %logger %msg %kvp%n%ex</pattern></encoder>
          </appender>
          <logger name="io.sluice" level="TRACE"/>
          <logger name="org.apache.kafka" level="TRACE"/>
          <root level="DEBUG"><appender-ref ref="console"/></root>
        </configuration>
        """;

    private final PlantedSecrets secrets = new PlantedSecrets();
    private final TestCa ca = TestCa.create();
    private final PlantedComponents components = new PlantedComponents(secrets, ca);
    private final List<String> output = new ArrayList<>();

    @Test
    void noneComesOutOfAGatewayThatRuns() throws IOException {
        String password = secrets.plant("saslPassword");
        String apiToken = secrets.plant("DAPR_API_TOKEN").replace("\"", "");
        int grpcPort = Ports.free(1).get(0);
        int metricsPort = Ports.free(1).get(0);
        try (LoginFailureBroker broker = new LoginFailureBroker(List.of("t"))) {
            broker.addUser(LoginFailureBroker.NEWCOMER, password, ScramMechanism.SCRAM_SHA_512);
            SluiceProcess process = atTheFinestLevel(Launch.gateway(components.of(broker, password)))
                    .with("DAPR_API_TOKEN", apiToken)
                    .with("APP_API_TOKEN", secrets.plant("APP_API_TOKEN"))
                    .and("--dapr-grpc-port=" + grpcPort, "--metrics-port=" + metricsPort, "--app-port=1")
                    .start();
            try (process) {
                Api api = process.awaitReady();
                talk(api, apiToken);
                output.add(new Api(metricsPort).get("/metrics").body());
                output.add(overGrpc(grpcPort, apiToken));
                process.signal("TERM");
                process.awaitExit(LIMIT);
            }
            output.addAll(process.out());
            output.addAll(process.err());
        }

        assertThat(output)
                .as("the log is at the finest level")
                .anyMatch(line -> line.contains("TRACE org.apache.kafka"));
        assertThat(secrets.foundIn(String.join("\n", output))).isEmpty();
    }

    @Test
    void noneIsInWhatAStartThatFailsPrints() throws IOException {
        String[] files = {
            PlantedComponents.login("control", "password")
                    .with("saslPassword", secrets.plant("saslPassword") + "\u0001")
                    .yaml(),
            PlantedComponents.login("garbage", "mtls")
                    .with("clientCert", ca.client("c").certificates())
                    .with("clientKey", "-----BEGIN PRIVATE KEY-----\n" + secrets.plant("clientKey"))
                    .yaml(),
            PlantedComponents.login("halves", "mtls")
                    .with("clientKey", secrets.plant("key", ca.client("d")))
                    .with("clientKeyPassword", secrets.plant("clientKeyPassword"))
                    .yaml(),
            PlantedComponents.login("oidc", "oidc")
                    .with("oidcClientSecret", secrets.plant("oidcClientSecret"))
                    .yaml(),
            PlantedComponents.login("assertion", "oidc_private_key_jwt")
                    .with("oidcClientAssertionKey", secrets.plant("oidcClientAssertionKey"))
                    .yaml(),
            PlantedComponents.login("aws", "awsiam")
                    .with("secretKey", secrets.plant("secretKey"))
                    .with("sessionToken", secrets.plant("sessionToken"))
                    .yaml(),
            PlantedComponents.login("registry", "none")
                    .with("schemaRegistryURL", "not a URL")
                    .with("schemaRegistryAPISecret", secrets.plant("schemaRegistryAPISecret"))
                    .yaml(),
            PlantedComponents.store(PlantedComponents.storeFile(
                    "{\"a\": {\"b\": " + PlantedComponents.quoted(secrets.plant("a broken store")) + "}"))
        };

        try (SluiceProcess process = atTheFinestLevel(Launch.gateway(files)).start()) {
            assertThat(process.awaitExit(LIMIT)).isEqualTo(2);
            output.addAll(process.out());
            output.addAll(process.err());
        }

        assertThat(output).as("what is wrong is said").anyMatch(line -> line.contains("control.saslPassword"));
        assertThat(secrets.foundIn(String.join("\n", output))).isEmpty();
    }

    @Test
    void noneIsInTheSettings() {
        Map<String, String> environment = Map.of(
                "DAPR_API_TOKEN", secrets.plant("DAPR_API_TOKEN"),
                "APP_API_TOKEN", secrets.plant("APP_API_TOKEN"),
                "SOME_PASSWORD", secrets.plant("a variable that a component may name"));

        Settings settings = Settings.of(environment, "--app-id=it");

        assertThat(secrets.foundIn(settings.toString())).isEmpty();
    }

    /** What succeeds, what fails, and every page. */
    private void talk(Api api, String token) {
        await().atMost(LIMIT)
                .untilAsserted(
                        () -> assertThat(call(api, token, "works").statusCode()).isEqualTo(204));
        for (String broken : List.of("refused", "strange", "undecipherable", "oidc", "assertion", "aws", "registry")) {
            output.add(call(api, token, broken).body());
        }
        HttpResponse<String> intruder =
                call(api, secrets.plant("the token of an intruder").replace("\"", ""), "works");
        assertThat(intruder.statusCode()).isEqualTo(401);
        output.add(intruder.body());
        for (String page : List.of(
                "/v1.0/healthz",
                "/v1.0/healthz/outbound",
                "/v1.0/metadata",
                "/v1.0-sluice/health",
                "/v1.0-sluice/bindings/works/partitions",
                "/v1.0-sluice/bindings/works/failures",
                "/openapi.yaml")) {
            HttpResponse<String> answer = api.get(page, "dapr-api-token", token);
            output.add(answer.headers() + answer.body());
        }
    }

    private static HttpResponse<String> call(Api api, String token, String binding) {
        return api.post("/v1.0/bindings/" + binding, "{\"operation\":\"create\",\"data\":1}", "dapr-api-token", token);
    }

    private String overGrpc(int port, String token) {
        try {
            DaprClient client = new DaprClientBuilder()
                    .withPropertyOverride(Properties.GRPC_PORT, String.valueOf(port))
                    .withPropertyOverride(Properties.API_TOKEN, token)
                    .build();
            Throwable refused = catchThrowable(
                    () -> client.invokeBinding("refused", "create", "1").block(LIMIT));
            client.close();
            assertThat(refused).hasMessageContaining("saslPassword");
            return refused.toString();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Launch atTheFinestLevel(Launch launch) throws IOException {
        Path file = Files.writeString(launch.folder().resolve("logback.xml"), EVERYTHING);
        List<String> flags = new ArrayList<>(launch.jvmFlags());
        flags.add("-Dlogback.configurationFile=" + file.toAbsolutePath());
        return new Launch(
                launch.wrapper(), launch.jar(), launch.folder(), launch.environment(), flags, launch.arguments());
    }
}
