package io.sluice.it.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import io.sluice.it.input.TestApp;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A registry that changes, is away, slow or wrong. */
@WithKafka
@WithRegistry
class RegistryTroubleIT {
    private static final String LATEST = "/versions/latest";
    private static final String AVRO =
            "{\"operation\":\"create\",\"data\":1,\"metadata\":{\"valueSchemaType\":\"Avro\"}}";
    private static final String OTHER_VERSION =
            "{\"operation\":\"create\",\"data\":1,\"metadata\":{\"valueSchemaType\":\"Avro\",\"valueSchemaVersion\":\"1\"}}";

    private TestKafka kafka;
    private TestRegistry registry;
    private RegistryProxy proxy;
    private String topic;
    private TestGateway gateway;

    @BeforeEach
    void start(TestKafka sharedKafka, TestRegistry sharedRegistry) {
        kafka = sharedKafka;
        registry = sharedRegistry;
        proxy = new RegistryProxy(registry.url());
        topic = kafka.newTopic();
        registry.register(topic + "-value", "\"long\"");
    }

    @AfterEach
    void stop() {
        proxy.passOn();
        gateway.close();
        proxy.close();
    }

    @Test
    void aNewLatestVersionIsUsedWithinItsTimeAndAskedForOncePerTime() {
        gateway = gateway(output().with("schemaLatestVersionCacheTTL", "1s"));
        callUntil(() -> proxy.questions(LATEST) == 1);
        int newer = registry.register(topic + "-value", "[\"null\",\"long\"]");
        assertThat(proxy.questions(LATEST)).isOne();

        long began = System.nanoTime();
        callUntil(() -> proxy.questions(LATEST) == 4);
        Duration took = Duration.ofNanos(System.nanoTime() - began);

        assertThat(took).isGreaterThan(Duration.ofMillis(1_900));
        List<Integer> ids = kafka.readAll(topic).stream()
                .map(record -> AvroBytes.id(record.value()))
                .toList();
        assertThat(ids.get(ids.size() - 1)).isEqualTo(newer);
        assertThat(ids.subList(ids.indexOf(newer), ids.size())).containsOnly(newer);
        assertThat(gateway.metric("sluice_schema_lookups_total", "result=\"found\""))
                .isEqualTo(4);
        assertThat(gateway.metric("sluice_schema_cache_hits_total")).isGreaterThan(100);
    }

    /** Calls, some at a time, until something is so; each call must succeed. */
    private void callUntil(BooleanSupplier enough) {
        while (!enough.getAsBoolean()) {
            List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                calls.add(gateway.callAsync("avro", AVRO));
            }
            calls.forEach(call -> assertThat(call.join().statusCode()).isEqualTo(204));
        }
    }

    @Test
    void withoutCachingEachCallAsks() {
        gateway = gateway(output().with("schemaCachingEnabled", "false"));

        for (int i = 0; i < 3; i++) {
            assertThat(gateway.call("avro", AVRO).statusCode()).isEqualTo(204);
        }

        assertThat(proxy.questions(LATEST)).isEqualTo(3);
    }

    @Test
    void aRegistryThatIsAwayAtStartAndComesLater() {
        proxy.shut();
        gateway = gateway(output());

        HttpResponse<String> answer = gateway.call("avro", AVRO);

        assertThat(message(answer)).startsWith("error invoking output binding avro: schema registry at 127.0.0.1:");
        assertThat(gateway.call("avro", TestGateway.envelope("1")).statusCode()).isEqualTo(204);
        proxy.open();
        eventually().until(() -> gateway.call("avro", AVRO).statusCode() == 204);
    }

    @Test
    void aSlowRegistryKeepsNobodyElse() {
        gateway = gateway(output());
        Promise<Void> held = proxy.hold();
        CompletableFuture<HttpResponse<String>> waiting = gateway.callAsync("avro", AVRO);
        eventually().until(() -> proxy.questions(LATEST) == 1);

        assertThat(gateway.call("avro", TestGateway.envelope("1")).statusCode()).isEqualTo(204);
        assertThat(waiting).isNotDone();
        held.complete();

        assertThat(waiting.join().statusCode()).isEqualTo(204);
    }

    @ParameterizedTest
    @CsvSource({
        "401, '{\"error_code\":401,\"message\":\"no\"}', '{\"error_code\":401,\"message\":\"no\"}'",
        "404, <html>, 404 Not Found",
        "500, '', 500 Internal Server Error",
        "200, garbage, 'the answer is not a registry''s JSON'"
    })
    void whatTheRegistrySaysIsTheReasonAndSchemasThatAreKnownGoOn(int status, String body, String detail) {
        gateway = gateway(output().with("schemaLatestVersionCacheTTL", "1ms"));
        assertThat(gateway.call("avro", AVRO).statusCode()).isEqualTo(204);
        proxy.answer(status, body);

        assertThat(gateway.call("avro", AVRO).statusCode()).isEqualTo(204);
        assertThat(message(gateway.call("avro", OTHER_VERSION))).endsWith(detail);

        proxy.passOn();
        eventually().until(() -> gateway.call("avro", OTHER_VERSION).statusCode() == 204);
    }

    @Test
    void recordsWaitForTheirSchemaAndGoOnInOrder() {
        gateway = gateway(output());
        try (TestApp app = new TestApp().listen()) {
            Component input = Component.input(kafka, "in", topic)
                    .with("schemaRegistryURL", proxy.url())
                    .with("valueSchemaType", "Avro");
            for (String data : List.of("0", "1", "2")) {
                assertThat(gateway.call("avro", AVRO.replace(":1", ":" + data)).statusCode())
                        .isEqualTo(204);
            }
            gateway.close();
            proxy.answer(503, "");
            gateway = TestGateway.start(Map.of(), List.of(input), "--app-port=" + app.port());
            eventually().until(() -> gateway.metric("sluice_schema_lookups_total", "result=\"unavailable\"") > 1);
            assertThat(gateway.get("/v1.0-sluice/bindings/in/partitions").body())
                    .contains("503 Service Unavailable");
            assertThat(app.deliveries()).isEmpty();

            proxy.passOn();

            eventually().until(() -> app.takenTexts().equals(List.of("0", "1", "2")));
            assertThat(gateway.metric("sluice_input_skipped_total", "component=\"in\""))
                    .isZero();
        }
    }

    private Component output() {
        return Component.output(kafka, "avro", topic).with("schemaRegistryURL", proxy.url());
    }

    private static TestGateway gateway(Component component) {
        return TestGateway.start(component);
    }

    private static String message(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(500);
        return new JsonObject(answer.body()).getString("message");
    }

    private static ConditionFactory eventually() {
        return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(50));
    }
}
