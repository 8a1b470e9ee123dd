package io.sluice.it.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.auth.OidcServer.Issued;
import io.sluice.it.gateway.TestGateway;
import io.sluice.it.input.TestApp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tokens that end under load, in both directions. With {@code -Dsluice.deep=true} for longer. */
class OidcTokenLifeIT {
    private static final boolean DEEP = Boolean.getBoolean("sluice.deep");
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration MARGIN = Duration.ofSeconds(2);
    private static final String SECRET = "secret";

    private final OidcServer server = new OidcServer().up();
    private final TestApp app = new TestApp().listen();
    private OidcKafka kafka;
    private TestGateway gateway;

    @AfterEach
    void stop() {
        gateway.close();
        kafka.close();
        app.close();
        server.close();
    }

    @Test
    void tokensAreReplacedAheadOfTheirEndAndConnectionsLogInAgainWithoutAFailedRequestOrALostRecord() throws Exception {
        int tokens = DEEP ? 9 : 2;
        start(Duration.ofSeconds(DEEP ? 10 : 4));
        try (OidcLoad load = OidcLoad.start(gateway, "t")) {
            awaitAllOpen();
            double looks = looks();
            await().atMost(Duration.ofMinutes(2)).until(() -> server.issued().size() > tokens);

            assertNothingLost(load, looks);
        }
        assertThat(kafka.count("successful-reauthentication-total")).isGreaterThanOrEqualTo(tokens);
    }

    @Test
    void aTokenServerThatIsDownDoesNoHarmWhileTheTokenIsGood() throws Exception {
        // Connections log in again after 85 to 95 % of a token's life, here perhaps with the old one. With little of it
        // left the login after that would follow within a second, which brokers refuse (KIP-368).
        Duration lifetime = Duration.ofSeconds(DEEP ? 40 : 24);
        // Over the time at which the next token is due.
        Duration outage = lifetime.multipliedBy(5).dividedBy(6);
        start(lifetime);
        try (OidcLoad load = OidcLoad.start(gateway, "t")) {
            server.down();
            long end = server.issued().get(0).at() + outage.toNanos();
            await().atMost(lifetime).until(() -> System.nanoTime() > end);
            awaitAllOpen();
            double looks = looks();
            server.up();
            await().atMost(SOON).until(() -> server.issued().size() > 1);
            pass(MARGIN);

            assertNothingLost(load, looks);
        }
    }

    /** Every client of the gateway has looked what the listener speaks by then; a look that failed was repeated. */
    private void awaitAllOpen() {
        await().atMost(SOON)
                .until(() -> !app.takenTexts().isEmpty()
                        && gateway.get("/v1.0-sluice/health").statusCode() == 200);
    }

    private void start(Duration lifetime) {
        server.expect("gateway", SECRET);
        server.issueFor(lifetime);
        kafka = OidcKafka.start(server, Duration.ofHours(1), Map.of("t", 1));
        gateway =
                TestGateway.start(Map.of(), List.of(kafka.binding("t", "gateway", SECRET)), "--app-port=" + app.port());
    }

    private void assertNothingLost(OidcLoad load, double looks) throws InterruptedException {
        Map<String, Long> answers = load.stop();
        assertThat(answers).containsOnlyKeys("204");
        Set<String> sent =
                IntStream.range(0, load.sent()).mapToObj(String::valueOf).collect(Collectors.toSet());
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(Set.copyOf(app.takenTexts())).isEqualTo(sent));
        assertThat(fetchedAheadOfTheEnd()).isTrue();
        assertThat(looks()).isEqualTo(looks);
        assertThat(kafka.count("failed-reauthentication-total")).isZero();
    }

    /**
     * Connections that ended without a login. Clients without TLS look what a listener speaks before they are opened, and so
     * does whoever asks whether Kafka is there; later there is nothing to look for.
     */
    private double looks() {
        return kafka.count("failed-authentication-total");
    }

    private boolean fetchedAheadOfTheEnd() {
        List<Issued> issued = server.issued();
        return IntStream.range(1, issued.size()).allMatch(i -> {
            Issued former = issued.get(i - 1);
            return issued.get(i).at() - former.at() < former.lifetime().toNanos();
        });
    }

    private static void pass(Duration time) {
        await().pollDelay(time).atMost(time.plusSeconds(5)).until(() -> true);
    }
}
