package io.sluice.it.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.it.gateway.Component;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import io.sluice.it.process.Launch;
import io.sluice.it.process.SluiceProcess;
import io.sluice.testing.tls.TestCa;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** TLS and client certificates on both APIs, and their renewal. */
@WithKafka
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListenerTlsIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final TestCa CA = TestCa.create();
    private static final TestCa NEXT_CA = TestCa.create();

    private final FrontDoorFiles files = FrontDoorFiles.create().serve(CA.server());
    private FrontDoorGateway gateway;

    @BeforeAll
    void start(TestKafka kafka) {
        gateway = FrontDoorGateway.start(
                List.of(Component.output(kafka, "orders", kafka.newTopic())),
                Map.of(),
                List.of(
                        files.certificateFlag(),
                        files.keyFlag(),
                        files.file("tls-client-ca", "clients.crt", CA.certificate())));
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @Test
    void whoeverHasACertificateCallsAndNobodyElseConnects() {
        FrontDoorClient known = FrontDoorClient.of(CA, CA.client("shop"));
        FrontDoorClient strange = FrontDoorClient.of(CA, NEXT_CA.client("shop"));
        FrontDoorClient bare = FrontDoorClient.of(CA);

        assertThat(gateway.call(known, "orders").statusCode()).isEqualTo(204);
        assertThat(gateway.callGrpc(known, "orders")).isZero();
        for (FrontDoorClient stranger : List.of(strange, bare)) {
            assertThatThrownBy(() -> gateway.call(stranger, "orders")).isInstanceOf(CompletionException.class);
            assertThatThrownBy(() -> gateway.callGrpc(stranger, "orders")).isInstanceOf(CompletionException.class);
        }
    }

    @Test
    void aRenewedCertificateFailsNoCallAndDropsNoConnection() {
        FrontDoorClient old = FrontDoorClient.of(CA, CA.client("shop"));
        assertThat(gateway.call(old, "orders").statusCode()).isEqualTo(204);

        files.serve(NEXT_CA.server());

        await().atMost(LIMIT).ignoreExceptions().until(() -> {
            HttpResponse<String> onItsOpenConnection = gateway.call(old, "orders");
            assertThat(onItsOpenConnection.statusCode()).isEqualTo(204);
            return gateway.call(FrontDoorClient.of(NEXT_CA, CA.client("shop")), "orders")
                            .statusCode()
                    == 204;
        });
        assertThat(gateway.callGrpc(FrontDoorClient.of(NEXT_CA, CA.client("shop")), "orders"))
                .isZero();
        assertThat(gateway.call(old, "orders").statusCode())
                .as("the connection of before, whose certificate is gone")
                .isEqualTo(204);
        files.serve(CA.server());
        await().atMost(LIMIT)
                .ignoreExceptions()
                .until(() -> gateway.call(FrontDoorClient.of(CA, CA.client("shop")), "orders")
                                .statusCode()
                        == 204);
    }

    @Test
    void theReadyLineSaysThatItIsTls() {
        Launch launch = Launch.gateway().and(files.certificateFlag(), files.keyFlag());
        try (SluiceProcess process = launch.start()) {
            await().atMost(LIMIT).until(() -> process.out().stream()
                    .anyMatch(line -> line.matches(
                            "sluice ready http=127\\.0\\.0\\.1:\\d+ grpc=127\\.0\\.0\\.1:\\d+ in \\d+ ms, with TLS")));
        }
    }

    @Test
    void aGrantForABindingThatIsNotThereIsWarnedOf() {
        String config = files.file("config", "grants.yaml", "sluice: {grants: [{to: anybody, invoke: [ordrs, pay*]}]}");
        String orders = Component.at("127.0.0.1:1", "orders")
                .with("authType", "none")
                .with("direction", "output")
                .with("publishTopic", "orders")
                .yaml();
        try (SluiceProcess process = Launch.gateway(orders).and(config).start()) {
            process.awaitReady();

            assertThat(process.out())
                    .filteredOn(line -> line.contains("a grant names a binding that is not there"))
                    .singleElement()
                    .asString()
                    .contains("ordrs", "orders");
        }
    }

    @Test
    void everyMistakeAtTheFrontDoorIsALineAndTheExitCodeIsTwo() {
        String config = files.file("config", "config.yaml", "sluice: {grants: [{to: nobody, invok: x}]}");
        Launch launch = Launch.gateway()
                .and(files.certificateFlag(), "--tls-client-auth=optional", "--oidc-issuer=login", config);
        try (SluiceProcess process = launch.start()) {
            assertThat(process.awaitExit(LIMIT)).isEqualTo(2);
            assertThat(process.err())
                    .anyMatch(line -> line.equals("--tls-cert: has no effect without --tls-key"))
                    .anyMatch(line -> line.equals("--tls-client-auth: has no effect without --tls-client-ca"))
                    .anyMatch(line -> line.startsWith("--oidc-issuer: not the URL of a server"))
                    .anyMatch(line -> line.startsWith("--oidc-audience: missing"))
                    .anyMatch(line -> line.contains("sluice.grants[0].invok: unknown key (did you mean invoke?)"))
                    .anyMatch(line -> line.contains("sluice.grants[0].to: \"nobody\" is nobody known"));
        }
    }
}
