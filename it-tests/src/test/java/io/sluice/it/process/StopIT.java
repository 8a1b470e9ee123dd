package io.sluice.it.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The ways in which a running gateway ends. */
@WithKafka
class StopIT {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final Duration GRACE = Duration.ofSeconds(5);
    /** Beside the grace, for what a loaded machine needs to end a process; one that exceeds the grace does not end with 0. */
    private static final Duration SLACK = Duration.ofSeconds(15);
    /** Sooner than the grace would end it. */
    private static final Duration AT_ONCE = GRACE.minusSeconds(1);

    private static final String CONTINUE = "HTTP/1.1 100 Continue";

    private final TestKafka kafka;
    private final String topic;

    StopIT(TestKafka kafka) {
        this.kafka = kafka;
        this.topic = kafka.newTopic();
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void sigtermUnderLoadEndsWithZeroAndWhatIsInKafkaWasAnswered204(HttpVersion version) {
        try (SluiceProcess gateway = gateway().start();
                HttpLoad load = HttpLoad.start(gateway.awaitReady(), "orders", 1000, version)) {
            load.awaitStored(500, SOON);
            gateway.signal("TERM");

            assertThat(gateway.awaitExit(GRACE.plus(SLACK))).isZero();
            load.stop(SOON);
            assertThat(load.statuses().keySet()).isSubsetOf(204, 500, HttpLoad.LOST);
            Set<String> stored = stored();
            Set<String> answered = load.answered(204);
            assertThat(without(answered, stored))
                    .as("answered 204 and not in Kafka")
                    .isEmpty();
            assertThat(without(stored, answered))
                    .as("in Kafka and not answered 204")
                    .isEmpty();
        }
    }

    @Test
    void aSecondSigtermEndsAtOnce() throws Exception {
        try (SluiceProcess gateway = gateway().start();
                Socket slow = new Socket(
                        InetAddress.getLoopbackAddress(), gateway.awaitReady().port())) {
            beginRequest(slow);
            gateway.signal("TERM");
            await().atMost(SOON).until(() -> gateway.out().stream().anyMatch(line -> line.contains("stopping")));
            assertThat(gateway.isAlive())
                    .as("waits for the request in progress")
                    .isTrue();
            gateway.signal("TERM");

            assertThat(gateway.awaitExit(AT_ONCE)).isEqualTo(1);
        }
    }

    @Test
    void aShutdownOverTheApiEndsWithZero() {
        try (SluiceProcess gateway = gateway().start()) {
            assertThat(gateway.awaitReady().post("/v1.0/shutdown", "").statusCode())
                    .isEqualTo(204);

            assertThat(gateway.awaitExit(GRACE.plus(SLACK))).isZero();
        }
    }

    @Test
    void aForcedShutdownOverTheApiEndsWithOneAtOnce() {
        try (SluiceProcess gateway = gateway().start()) {
            Api api = gateway.awaitReady();
            assertThat(api.post("/v1.0/shutdown", "", "dapr-force-shutdown", "true")
                            .statusCode())
                    .isEqualTo(204);

            assertThat(gateway.awaitExit(AT_ONCE)).isEqualTo(1);
        }
    }

    private Launch gateway() {
        return Launch.gateway(ComponentFile.output("orders", kafka.bootstrapServers(), topic));
    }

    private Set<String> stored() {
        return kafka.readAll(topic).stream()
                .map(record -> new String(record.value(), UTF_8))
                .collect(Collectors.toSet());
    }

    private static Set<String> without(Set<String> all, Set<String> some) {
        return all.stream().filter(one -> !some.contains(one)).collect(Collectors.toSet());
    }

    /** Sends a head and returns when the gateway has read it: it has asked for the body. */
    private static void beginRequest(Socket socket) throws IOException {
        String head = "POST /v1.0/bindings/orders HTTP/1.1\r\n"
                + "Host: localhost\r\n"
                + "Content-Length: 100\r\n"
                + "Expect: 100-continue\r\n\r\n";
        socket.setSoTimeout((int) SOON.toMillis());
        socket.getOutputStream().write(head.getBytes(UTF_8));
        socket.getOutputStream().flush();
        assertThat(new String(socket.getInputStream().readNBytes(CONTINUE.length()), UTF_8))
                .isEqualTo(CONTINUE);
    }
}
