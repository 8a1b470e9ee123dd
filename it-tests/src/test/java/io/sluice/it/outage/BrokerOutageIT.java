package io.sluice.it.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.dev.kafka.KafkaCluster;
import io.sluice.dev.kafka.Topics;
import io.sluice.it.process.Api;
import io.sluice.it.process.ComponentFile;
import io.sluice.it.process.HttpLoad;
import io.sluice.it.process.Launch;
import io.sluice.it.process.SluiceProcess;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The only broker goes away under load and comes back, while the gateway runs on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokerOutageIT {
    private static final int PER_SECOND = 1000;
    private static final Duration OUTAGE = Duration.ofSeconds(20);
    /** Longer than a busy machine needs for a broker's start. */
    private static final Duration SOON = Duration.ofSeconds(60);
    /** A request's own deadline, and some more. */
    private static final Duration EVERY_ANSWER = Duration.ofSeconds(35);
    /** What a broker had acknowledged before it was paused may still be on its way to the client. */
    private static final Duration ON_ITS_WAY = Duration.ofMillis(500);

    @TempDir
    private static Path folder;

    private KafkaCluster kafka;
    private SluiceProcess gateway;
    private Api api;

    @BeforeAll
    void startBoth() {
        kafka = KafkaCluster.start(1, folder.resolve("kafka"), Map.of());
        Topics.create(kafka.bootstrapServers(), Map.of("stopped", 3, "killed", 3, "paused", 3, "full", 1));
        gateway = Launch.gateway(Stream.of("stopped", "killed", "paused", "full")
                        .map(name -> ComponentFile.output(
                                name, kafka.bootstrapServers(), name, "maxMessageBytes", "1000000"))
                        .toArray(String[]::new))
                .start();
        api = gateway.awaitReady();
    }

    @AfterEach
    void kafkaIsThereAgainAndTheGatewayIsUnharmed() {
        kafka.mend(SOON);
        awaitReady();
        gateway.assertUnharmed();
    }

    @AfterAll
    void stopBoth() {
        gateway.close();
        kafka.close();
    }

    @Test
    void aBrokerThatIsStoppedFor20SecondsCostsNoAcknowledgedRecordAndNoAnswer() {
        try (HttpLoad load = HttpLoad.start(api, "stopped", PER_SECOND, HttpVersion.HTTP_2)) {
            load.awaitStored(PER_SECOND, SOON);
            kafka.stop(1);
            long back = System.nanoTime() + OUTAGE.toNanos();
            awaitUnready("stopped");
            assertToldAtOnceThatKafkaCannotBeReached();
            await().atMost(SOON).until(() -> System.nanoTime() > back);
            kafka.restart(1);
            load.awaitStored(PER_SECOND, SOON);
            awaitReady();
            load.stop(EVERY_ANSWER);

            assertNothingLost(load, "stopped");
        }
    }

    @Test
    void aBrokerThatIsKilledAndRestartedCostsNoAcknowledgedRecordAndNoAnswer() {
        try (HttpLoad load = HttpLoad.start(api, "killed", PER_SECOND, HttpVersion.HTTP_2)) {
            load.awaitStored(PER_SECOND, SOON);
            kafka.kill(1);
            kafka.restart(1);
            load.awaitStored(PER_SECOND, SOON);
            load.stop(EVERY_ANSWER);

            assertNothingLost(load, "killed");
        }
    }

    @Test
    void nothingIsAnswered204WhileTheBrokerIsPausedAndEverythingInTheEnd() {
        try (HttpLoad load = HttpLoad.start(api, "paused", PER_SECOND, HttpVersion.HTTP_2)) {
            load.awaitStored(PER_SECOND, SOON);
            kafka.pause(1);
            long from = System.nanoTime() + ON_ITS_WAY.toNanos();
            int sentBefore = load.sent();
            await().atMost(SOON).until(() -> load.sent() > sentBefore + 2 * PER_SECOND);
            long to = System.nanoTime();
            kafka.resume(1);
            load.awaitStored(PER_SECOND, SOON);
            load.stop(EVERY_ANSWER);

            assertThat(load.answers().values())
                    .noneMatch(answer -> answer.status() == 204 && answer.at() > from && answer.at() < to);
            assertNothingLost(load, "paused");
        }
    }

    @Test
    void moreThanTheBudgetHoldsIsRefusedAndTheRestIsStoredOnceTheBrokerGoesOn() {
        String big = "\"" + "x".repeat(500_000) + "\"";
        assertThat(api.create("full", "\"first\"").join().statusCode()).isEqualTo(204);
        kafka.pause(1);
        List<CompletableFuture<HttpResponse<String>>> requests =
                Stream.generate(() -> api.create("full", big)).limit(150).toList();
        await().atMost(SOON).until(() -> requests.stream().anyMatch(CompletableFuture::isDone));
        kafka.resume(1);
        List<HttpResponse<String>> answers = requests.stream()
                .map(request -> request.orTimeout(EVERY_ANSWER.toSeconds(), TimeUnit.SECONDS)
                        .join())
                .toList();

        assertThat(answers)
                .extracting(HttpResponse::statusCode)
                .contains(204, 503)
                .containsOnly(204, 503);
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() == 503)
                .allMatch(answer -> answer.headers().firstValue("retry-after").isPresent())
                .allMatch(answer -> answer.body().contains("ERR_OVERLOADED"));
        assertThat(api.create("full", big).join().statusCode()).isEqualTo(204);
    }

    private void assertToldAtOnceThatKafkaCannotBeReached() {
        HttpResponse<String> answer =
                api.create("killed", "1").orTimeout(2, TimeUnit.SECONDS).join();

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body())
                .contains("client has run out of available brokers to talk to: " + kafka.bootstrapServers())
                .doesNotContain("metadata");
    }

    private void awaitUnready(String binding) {
        await().atMost(SOON).untilAsserted(() -> {
            HttpResponse<String> health = api.get("/v1.0-sluice/health");
            assertThat(health.statusCode()).isEqualTo(503);
            JsonObject target =
                    new JsonObject(health.body()).getJsonObject("targets").getJsonObject("kafka:" + binding);
            assertThat(target.getBoolean("ready")).isFalse();
            assertThat(target.getString("detail")).contains(kafka.bootstrapServers());
            assertThat(api.get("/v1.0/healthz").statusCode()).isEqualTo(204);
            assertThat(api.get("/v1.0/healthz/outbound").statusCode()).isEqualTo(204);
        });
    }

    private void awaitReady() {
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(api.get("/v1.0-sluice/health").statusCode()).isEqualTo(200));
    }

    private void assertNothingLost(HttpLoad load, String topic) {
        assertThat(load.statuses().keySet()).isSubsetOf(204, 500, 503);
        assertThat(Stored.in(kafka.bootstrapServers(), topic)).containsAll(load.answered(204));
    }
}
