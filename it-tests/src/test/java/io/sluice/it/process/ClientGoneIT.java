package io.sluice.it.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.dev.kafka.Ports;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Clients that leave early, in every way, take nothing of the gateway with them. */
@WithKafka
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientGoneIT {
    private static final Duration SOON = Duration.ofSeconds(10);
    /** With what each of them announces, far more than the gateway has room for if it were kept. */
    private static final int CLIENTS = 1000;

    private static final String BODY = Api.body("\"gone\"");

    private final SluiceProcess gateway;
    private final Api api;
    private final Api metrics;

    ClientGoneIT(TestKafka kafka) {
        int metricsPort = Ports.free(1).get(0);
        gateway = Launch.gateway(ComponentFile.output("orders", kafka.bootstrapServers(), kafka.newTopic()))
                .and("--metrics-port", String.valueOf(metricsPort))
                .start();
        api = gateway.awaitReady();
        metrics = new Api(metricsPort);
    }

    @BeforeEach
    void itWorks() {
        assertStored();
    }

    @AfterEach
    void nothingIsKeptOfThem() {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(metrics.get("/metrics").body())
                        .containsPattern("(?m)^sluice_output_bytes_in_flight\\{.*} 0(\\.0)?$")
                        .containsPattern("(?m)^sluice_memory_reserved_bytes\\{.*use=\"calls\".*} 0(\\.0)?$"));
        for (int i = 0; i < 100; i++) {
            assertStored();
        }
        assertThat(api.get("/v1.0/healthz").statusCode()).isEqualTo(204);
        gateway.assertUnharmed();
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @Test
    void connectionsThatAreOpenedAndClosedDoNoHarm() throws IOException {
        for (int i = 0; i < CLIENTS; i++) {
            connect().close();
        }
    }

    @Test
    void clientsThatLeaveInTheMiddleOfTheBodyDoNoHarm() throws IOException {
        for (int i = 0; i < CLIENTS; i++) {
            try (Socket client = connect()) {
                send(client, head(4_000_000) + BODY);
                reset(client, i % 2 == 0);
            }
        }
    }

    @Test
    void clientsThatDoNotWaitForTheAnswerDoNoHarm() throws IOException {
        for (int i = 0; i < CLIENTS; i++) {
            try (Socket client = connect()) {
                send(client, head(BODY.length()) + BODY);
                reset(client, i % 2 == 0);
            }
        }
    }

    @Test
    void aBodyThatComesByteByByteIsAnsweredWhileOthersGoOn() throws IOException {
        try (Socket slow = connect()) {
            slow.setSoTimeout((int) SOON.toMillis());
            send(slow, head(BODY.length()));
            for (char next : BODY.toCharArray()) {
                assertStored();
                send(slow, String.valueOf(next));
            }

            assertThat(new String(slow.getInputStream().readNBytes(12), UTF_8)).isEqualTo("HTTP/1.1 204");
        }
    }

    @Test
    void aClientThatSendsNoMoreButListensIsNotLeftWaiting() throws IOException {
        try (Socket client = connect()) {
            client.setSoTimeout((int) SOON.toMillis());
            send(client, head(4_000_000) + BODY);
            client.shutdownOutput();

            assertThat(new String(client.getInputStream().readAllBytes(), UTF_8))
                    .doesNotContain(" 204 ");
        }
    }

    private void assertStored() {
        assertThat(api.create("orders", "1").join().statusCode()).isEqualTo(204);
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), api.port());
    }

    private static String head(int length) {
        return "POST /v1.0/bindings/orders HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length + "\r\n\r\n";
    }

    private static void send(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(UTF_8));
        client.getOutputStream().flush();
    }

    /** Closing sends a RST instead of a FIN if so. */
    private static void reset(Socket client, boolean so) throws IOException {
        if (so) {
            client.setSoLinger(true, 0);
        }
    }
}
