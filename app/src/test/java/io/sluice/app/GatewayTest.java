package io.sluice.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.app.settings.Settings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway inside another program, with its Kafka away. */
class GatewayTest {
    @TempDir
    private Path components;

    @Test
    void twoGatewaysRunSideBySideAndStopByThemselves() throws Exception {
        Gateway first = Gateway.start(settings()).await();
        Gateway second = Gateway.start(settings()).await();
        assertThat(first.httpPort()).isPositive().isNotEqualTo(second.httpPort());
        first.stop().await();
        assertThat(get(second.metricsPort(), "/").body())
                .contains("dapr_runtime_component_loaded{app_id=\"test\"} 0.0");
        second.stop().await();
    }

    @Test
    void secretStoresAreListedBeforeTheBindingsAsByDaprd() throws Exception {
        Files.writeString(components.resolve("vault.yaml"), """
            apiVersion: dapr.io/v1alpha1
            kind: Component
            metadata: {name: vault}
            spec:
              type: secretstores.local.env
              version: v1
            """);
        Gateway gateway = Gateway.start(settings()).await();

        assertThat(get(gateway.httpPort(), "/v1.0/metadata").body())
                .contains(
                        "\"components\":[{\"name\":\"vault\",\"type\":\"secretstores.local.env\",\"version\":\"v1\"}]");
        gateway.stop().await();
    }

    @Test
    void aComponentWhoseKafkaIsAwayIsListedAndKeepsNothingFromStarting() throws Exception {
        Files.writeString(components.resolve("away.yaml"), """
            apiVersion: dapr.io/v1alpha1
            kind: Component
            metadata: {name: away}
            spec:
              type: bindings.kafka
              version: v1
              initTimeout: 100ms
              metadata:
                - {name: brokers, value: "127.0.0.1:1"}
                - {name: authType, value: none}
                - {name: publishTopic, value: orders}
            """);
        Gateway gateway = Gateway.start(settings()).await();
        assertThat(get(gateway.httpPort(), "/v1.0/metadata").body()).contains("\"away\"", "OUTPUT_BINDING");
        assertThat(get(gateway.httpPort(), "/v1.0/healthz").statusCode()).isEqualTo(204);
        assertThat(get(gateway.httpPort(), "/v1.0/healthz/outbound").statusCode())
                .isEqualTo(204);
        assertThat(get(gateway.httpPort(), "/v1.0-sluice/health").statusCode()).isEqualTo(503);
        assertThat(get(gateway.metricsPort(), "/metrics").body())
                .contains("dapr_runtime_component_init_total{app_id=\"test\",component=\"bindings.kafka\"} 1.0")
                .contains("sluice_health{app_id=\"test\",target=\"gateway\"} 1.0")
                .contains("sluice_health{app_id=\"test\",target=\"kafka:away\"} 0.0");
        gateway.stop().await();
    }

    @Test
    void anErrorThatNobodyCatchesIsCountedAndToldByHealth() throws Exception {
        Gateway gateway = Gateway.start(settings()).await();
        assertThat(get(gateway.httpPort(), "/v1.0-sluice/health").statusCode()).isEqualTo(200);

        gateway.uncaught(Thread.currentThread(), new StackOverflowError());

        assertThat(get(gateway.httpPort(), "/v1.0-sluice/health").statusCode()).isEqualTo(503);
        assertThat(get(gateway.metricsPort(), "/metrics").body())
                .contains("sluice_internal_errors_total{app_id=\"test\"} 1.0");
        gateway.stop().await();
    }

    @Test
    void metricsCanBeOff() throws Exception {
        Gateway gateway = Gateway.start(settings("--enable-metrics=false")).await();
        assertThat(gateway.metricsPort()).isEqualTo(-1);
        gateway.stop().await();
    }

    @Test
    void theAppIsShownInTheMetadata() throws Exception {
        Gateway gateway = Gateway.start(settings("--app-port=8080", "--app-protocol=grpc", "--enable-app-health-check"))
                .await();
        assertThat(get(gateway.httpPort(), "/v1.0/metadata").body())
                .contains("8080", "\"grpc\"", "healthThreshold")
                .doesNotContain("/healthz");
        gateway.stop().await();
    }

    @Test
    void withoutAnAppTheMetadataTellsWhatDaprdTells() throws Exception {
        Gateway gateway = Gateway.start(settings()).await();
        assertThat(get(gateway.httpPort(), "/v1.0/metadata").body())
                .contains("\"appConnectionProperties\":{\"protocol\":\"http\",\"channelAddress\":\"127.0.0.1\"}");
        gateway.stop().await();
    }

    @Test
    void theApisListenOnSocketsWithDaprdsNames() {
        Path http = components.resolve("dapr-test-http.socket");
        Path grpc = components.resolve("dapr-test-grpc.socket");
        Gateway gateway =
                Gateway.start(settings("--unix-domain-socket=" + components)).await();
        assertThat(http).exists();
        assertThat(grpc).exists();
        assertThat(gateway.httpPort()).isEqualTo(-1);
        gateway.stop().await();
        assertThat(http).doesNotExist();
        assertThat(grpc).doesNotExist();
    }

    @Test
    void aPublicPortInUseIsAFailureThatNamesItsFlag() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Settings settings =
                    settings("--dapr-public-listen-address=127.0.0.1", "--dapr-public-port=" + taken.getLocalPort());
            assertThatThrownBy(() -> Gateway.start(settings).await())
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("--dapr-public-port: port " + taken.getLocalPort() + " is in use");
        }
    }

    @Test
    void aMissingFolderIsAProblemThatNamesTheFlag() {
        Settings settings = Settings.of(Map.of(), "--app-id=test", "--resources-path=" + components.resolve("none"));
        assertThatThrownBy(() -> Gateway.start(settings).await())
                .isInstanceOfSatisfying(StartFailure.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(StartFailure.CONFIGURATION))
                .hasMessageContaining("--resources-path");
    }

    private Settings settings(String... more) {
        String[] args = new String[more.length + 5];
        args[0] = "--app-id=test";
        args[1] = "--resources-path=" + components;
        args[2] = "--dapr-http-port=0";
        args[3] = "--dapr-grpc-port=0";
        args[4] = "--metrics-port=0";
        System.arraycopy(more, 0, args, 5, more.length);
        return Settings.of(Map.of(), args);
    }

    private static HttpResponse<String> get(int port, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
