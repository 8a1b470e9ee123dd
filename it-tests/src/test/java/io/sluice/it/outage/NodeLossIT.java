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
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One node of three goes down under load. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodeLossIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration EVERY_ANSWER = Duration.ofSeconds(35);

    @TempDir
    private static Path folder;

    private KafkaCluster kafka;
    private SluiceProcess gateway;
    private Api api;

    @BeforeAll
    void startAll() throws Exception {
        kafka = KafkaCluster.start(3, folder, Map.of());
        String brokers = kafka.bootstrapServers();
        Topics.create(brokers, Map.of("spread", 3));
        // The first node of a list leads. Two copies are needed, so the first partition is stuck without node 1.
        create(brokers, new NewTopic("pair", Map.of(0, List.of(1, 2), 1, List.of(2, 3))));
        gateway = Launch.gateway(
                        ComponentFile.output("spread", brokers, "spread"),
                        ComponentFile.output("pair", brokers, "pair"))
                .start();
        api = gateway.awaitReady();
    }

    @AfterEach
    void allNodesAreThereAgainAndTheGatewayIsUnharmed() {
        kafka.mend(SOON);
        gateway.assertUnharmed();
    }

    @AfterAll
    void stopAll() {
        gateway.close();
        kafka.close();
    }

    @Test
    void everyRequestIsAnsweredAndNoAcknowledgedRecordIsMissing() {
        try (HttpLoad load = HttpLoad.start(api, "spread", 500, HttpVersion.HTTP_2)) {
            load.awaitStored(500, SOON);
            kafka.kill(1);
            load.awaitStored(500, SOON);
            kafka.restart(1);
            kafka.awaitReady(SOON);
            load.stop(EVERY_ANSWER);

            assertThat(load.statuses().keySet()).isSubsetOf(204, 500, 503);
            assertThat(Stored.in(kafka.bootstrapServers(), "spread")).containsAll(load.answered(204));
        }
    }

    @Test
    void aPartitionThatIsWellDoesNotWaitForTheOneWithoutItsLeader() throws Exception {
        firstNodesLead("pair");
        await().atMost(SOON).until(() -> api.create("pair", 0, "1").join().statusCode() == 204);
        kafka.kill(1);
        CompletableFuture<HttpResponse<String>> stuck = api.create("pair", 0, "2");
        for (int i = 0; i < 20; i++) {
            HttpResponse<String> answer = api.create("pair", 1, "3").get(SOON.toSeconds(), TimeUnit.SECONDS);
            assertThat(answer.statusCode()).isEqualTo(204);
        }

        // What waits for it, however long that takes, is answered after it.
        assertThat(stuck).isNotDone();
        kafka.restart(1);
        kafka.awaitReady(SOON);
        assertThat(stuck.get(EVERY_ANSWER.toSeconds(), TimeUnit.SECONDS).statusCode())
                .isIn(204, 500);
    }

    /** After a restart the node does not lead what it led before by itself. */
    private void firstNodesLead(String topic) throws Exception {
        Set<TopicPartition> partitions = Set.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.electLeaders(ElectionType.PREFERRED, partitions).partitions().get(30, TimeUnit.SECONDS);
        }
    }

    private static void create(String brokers, NewTopic topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            admin.createTopics(List.of(topic)).all().get(30, TimeUnit.SECONDS);
        }
    }
}
