package io.sluice.it.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import io.sluice.it.input.TestApp;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * A gateway and its app, and bindings that consume what they produce: a call that comes back as a delivery has gone both
 * ways. The value of a record is the name of its binding.
 */
final class RoundTrip implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(25);

    private final TestApp app = new TestApp().listen();
    private final TestGateway gateway;

    RoundTrip(List<Component> bindings) {
        this.gateway = TestGateway.start(Map.of(), bindings, "--app-port=" + app.port());
    }

    /** A binding that consumes what it produces. */
    static Component binding(SecureKafka kafka, String door, String name) {
        return both(Component.at(kafka.at(door), name), kafka.plain().newTopic());
    }

    static Component both(Component binding, String topic) {
        return binding.with("topics", topic)
                .with("publishTopic", topic)
                .with("initialOffset", "oldest")
                .with("consumerGroup", "of-" + topic)
                .with("metadataTimeout", "2s");
    }

    static ConditionFactory eventually() {
        return Awaitility.await().atMost(LIMIT).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(100));
    }

    /** Produces one record. */
    HttpResponse<String> call(String binding) {
        return callAsync(binding).join();
    }

    CompletableFuture<HttpResponse<String>> callAsync(String binding) {
        return gateway.callAsync(binding, TestGateway.envelope("\"" + binding + "\""));
    }

    void assertStored(String binding) {
        HttpResponse<String> answer = call(binding);
        assertThat(answer.statusCode()).as("%s: %s", binding, answer.body()).isEqualTo(204);
    }

    /** The values that the binding has delivered. */
    List<String> deliveries(String binding) {
        return app.takenTexts("/" + binding);
    }

    @Override
    public void close() {
        gateway.close();
        app.close();
    }
}
