package io.sluice.it.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What clients are told when Kafka refuses, lacks the topic or is not there. */
@WithKafka
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokerErrorIT {
    private static final String DEAD = "127.0.0.1:1";
    private static final String CROWDED = "crowded-" + UUID.randomUUID();
    private static final String INVOKING = "error invoking output binding ";

    private TestKafka kafka;
    private TestGateway gateway;
    private String growing;

    @BeforeAll
    void start(TestKafka shared) {
        kafka = shared;
        String narrow = kafka.newTopic(1, Map.of("max.message.bytes", "2000"));
        growing = kafka.newTopic();
        gateway = TestGateway.start(
                Component.output(kafka, "growing", growing),
                Component.output(kafka, "narrow", narrow),
                Component.output(kafka, "lost", "no-such-topic").with("metadataTimeout", "500ms"),
                Component.output(kafka, "away", narrow).with("brokers", DEAD).with("metadataTimeout", "1s"),
                Component.output(kafka, "crowded", CROWDED)
                        .with("metadataTimeout", "25s")
                        .with("maxMessageBytes", "8000000"));
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @Test
    void aRecordLargerThanTheTopicsLimitIsRefusedByTheBroker() {
        assertRefused(
                "narrow",
                TestGateway.envelope("\"" + "x".repeat(3_000) + "\""),
                "kafka server: The request included a message larger than the max message size the server will"
                        + " accept.");
        assertThat(gateway.call("narrow", TestGateway.envelope("1")).statusCode())
                .isEqualTo(204);
    }

    @Test
    void aTopicThatIsNotThereIsAnErrorAndNotCreated() throws Exception {
        assertRefused(
                "lost",
                TestGateway.envelope("1"),
                "kafka server: Request was for a topic or partition that does not exist on this broker; topic"
                        + " \"no-such-topic\", see publishTopic");
        assertThat(kafka.admin().listTopics().names().get()).doesNotContain("no-such-topic");
    }

    @Test
    void aTopicThatIsNotThereKeepsNoClientWaitingAndHealthNamesIt() {
        assertThat(gateway.get("/v1.0/healthz/outbound").statusCode()).isEqualTo(204);
        assertThat(gateway.get("/v1.0/healthz").statusCode()).isEqualTo(204);

        assertThat(gateway.call("lost", TestGateway.envelope("1")).statusCode()).isEqualTo(500);
        HttpResponse<String> health = gateway.get("/v1.0-sluice/health");
        assertThat(health.statusCode()).isEqualTo(503);
        assertThat(new JsonObject(health.body())
                        .getJsonObject("targets")
                        .getJsonObject("kafka:lost")
                        .getString("detail"))
                .endsWith("topic \"no-such-topic\", see publishTopic");
    }

    @Test
    void aPartitionThatWasAddedAMomentAgoIsUsedAndOneThatIsNotThereIsRefused() throws Exception {
        assertThat(gateway.call("growing", TestGateway.envelope("0")).statusCode())
                .isEqualTo(204);
        kafka.admin()
                .createPartitions(Map.of(growing, NewPartitions.increaseTo(3)))
                .all()
                .get(30, TimeUnit.SECONDS);

        assertThat(gateway.call("growing", inPartition(2)).statusCode()).isEqualTo(204);

        assertThat(kafka.readAll(growing)).extracting(ConsumerRecord::partition).containsExactly(0, 2);
        assertRefused("growing", inPartition(3), "partition number 3 is out of range, topic has 3 partitions");
    }

    private static String inPartition(int partition) {
        return "{\"operation\":\"create\",\"data\":1,\"metadata\":{\"partitionNumber\":\"" + partition + "\"}}";
    }

    @Test
    void aKafkaThatIsAwayIsAnErrorWithItsAddress() {
        HttpResponse<String> answer = gateway.call("away", TestGateway.envelope("1"));

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(new JsonObject(answer.body()).getString("message"))
                .startsWith(INVOKING + "away: kafka: client has run out of available brokers to talk to: " + DEAD);
    }

    @Test
    void callsThatFindNoRoomAreToldToComeAgainAndTheOthersAreStoredOnceTheyCanBe() throws Exception {
        String body = TestGateway.envelope("\"" + "x".repeat(4_000_000) + "\"");

        List<CompletableFuture<HttpResponse<String>>> calls = IntStream.range(0, 16)
                .mapToObj(i -> gateway.callAsync("crowded", body))
                .toList();
        CompletableFuture.anyOf(calls.toArray(CompletableFuture[]::new)).join();
        HttpResponse<String> first = calls.stream()
                .filter(CompletableFuture::isDone)
                .findFirst()
                .orElseThrow()
                .join();
        create(CROWDED, Map.of("max.message.bytes", "8000000"));
        Map<Integer, Long> answers = calls.stream()
                .map(CompletableFuture::join)
                .collect(Collectors.groupingBy(HttpResponse::statusCode, Collectors.counting()));

        assertThat(first.headers().firstValue("retry-after")).hasValue("1");
        Answers.assertError(
                first,
                503,
                "ERR_OVERLOADED",
                INVOKING + "crowded: too many records are on their way to Kafka; try again");
        assertThat(answers).containsOnlyKeys(204, 503);
        assertThat(kafka.readAll(CROWDED)).hasSize(answers.get(204).intValue());
    }

    private void create(String name, Map<String, String> configs) throws Exception {
        NewTopic wanted = new NewTopic(name, 1, (short) 1).configs(configs);
        kafka.admin().createTopics(List.of(wanted)).all().get(30, TimeUnit.SECONDS);
    }

    private void assertRefused(String binding, String body, String detail) {
        for (String method : List.of("POST", "PUT")) {
            HttpResponse<String> answer = gateway.send(method, "/v1.0/bindings/" + binding, body.getBytes(UTF_8));
            Answers.assertError(answer, 500, "ERR_INVOKE_OUTPUT_BINDING", INVOKING + binding + ": " + detail);
        }
    }
}
