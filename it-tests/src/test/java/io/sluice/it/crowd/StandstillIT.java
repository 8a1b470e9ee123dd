package io.sluice.it.crowd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.dev.kafka.KafkaCluster;
import io.sluice.dev.kafka.Ports;
import io.sluice.dev.kafka.Topics;
import io.sluice.it.crowd.ImpatientClients.Manner;
import io.sluice.it.kafka.Records;
import io.sluice.it.process.Api;
import io.sluice.it.process.ComponentFile;
import io.sluice.it.process.Launch;
import io.sluice.it.process.SluiceProcess;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kafka stands still while a crowd calls and gives up, call after call, at a gateway with little memory. With
 * {@code -Dsluice.deep=true} for two minutes.
 */
class StandstillIT {
    private static final boolean DEEP = Boolean.getBoolean("sluice.deep");
    private static final int NANOS = 1_000_000;
    private static final long MIB = 1024 * 1024;
    /** Many times what the gateway has room for. */
    private static final int CALLS = 25_000;

    private static final Duration STANDSTILL = Duration.ofMinutes(2);
    private static final Duration AT_ONCE = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration LONG = Duration.ofMinutes(3);

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    @Test
    void aCrowdThatGivesUpWhileKafkaStandsStillIsForgottenOnceItGoesOn() {
        int grpcPort = Ports.free(1).get(0);
        try (KafkaCluster kafka = KafkaCluster.start(1, folder.resolve("kafka"), Map.of())) {
            Topics.create(kafka.bootstrapServers(), Map.of("orders", 3));
            String component = ComponentFile.output("orders", kafka.bootstrapServers(), "orders");
            try (SluiceProcess gateway = Launch.gateway(component)
                    .withJvmFlags(List.of("-Xmx128m"))
                    .and("--dapr-grpc-port=" + grpcPort)
                    .start()) {
                Api api = gateway.awaitReady();
                List<ImpatientClients> crowd = List.of(
                        new ImpatientClients(vertx, api.port(), Manner.HTTP_1_1, 700),
                        new ImpatientClients(vertx, api.port(), Manner.HTTP_2, 2_200),
                        new ImpatientClients(vertx, grpcPort, Manner.GRPC, 2_100));
                long begin = System.nanoTime();
                crowd.forEach(clients -> awaitStored(Stream.of(clients), begin, SOON));
                Footprint before = Footprint.of(gateway);

                kafka.pause(1);
                awaitOverload(crowd);
                kafka.resume(1);
                long resumed = System.nanoTime();
                awaitStored(crowd.stream(), resumed, DEEP ? AT_ONCE : SOON);
                crowd.forEach(clients -> awaitStored(Stream.of(clients), resumed, SOON));

                close();
                gateway.assertUnharmed();
                assertThat(missing(crowd, kafka))
                        .as("acknowledged and not in Kafka")
                        .isEmpty();
                await().atMost(SOON)
                        .untilAsserted(
                                () -> assertThat(Footprint.of(gateway).heap()).isLessThan(before.heap() + 4 * MIB));
            }
        }
    }

    private static void awaitOverload(List<ImpatientClients> crowd) {
        long begin = System.nanoTime();
        int sentBefore = sent(crowd);
        await().atMost(LONG)
                .until(() -> sent(crowd) - sentBefore > CALLS
                        && (!DEEP || System.nanoTime() - begin > STANDSTILL.toNanos()));
        assertThat(crowd.get(0).answered(503) + crowd.get(1).answered(503))
                .as("%s", crowd)
                .isPositive();
    }

    /** Waits until one of them has had a record stored. */
    private static void awaitStored(Stream<ImpatientClients> clients, long since, Duration limit) {
        List<ImpatientClients> some = clients.toList();
        await().atMost(limit).pollInterval(Duration.ofMillis(20)).until(() -> some.stream()
                .anyMatch(one -> one.hasStoredSince(since)));
        System.out.println((System.nanoTime() - since) / NANOS + " ms until a record was stored of " + some);
    }

    private static int sent(List<ImpatientClients> crowd) {
        return crowd.stream().mapToInt(ImpatientClients::sent).sum();
    }

    private static Set<String> missing(List<ImpatientClients> crowd, KafkaCluster kafka) {
        Set<String> acknowledged = new HashSet<>();
        crowd.forEach(clients -> acknowledged.addAll(clients.stored()));
        Set<String> inKafka = Records.readAll(kafka.bootstrapServers(), "orders").stream()
                .map(record -> new String(record.value(), UTF_8))
                .collect(Collectors.toSet());
        acknowledged.removeAll(inKafka);
        return acknowledged;
    }
}
