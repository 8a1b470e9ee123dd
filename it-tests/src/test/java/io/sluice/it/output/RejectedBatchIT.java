package io.sluice.it.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Records that share a batch with one that the broker does not take. */
@WithKafka
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RejectedBatchIT {
    private static final int CALLERS = 20;
    private static final int ROUNDS = 15;

    private TestKafka kafka;
    private TestGateway gateway;
    private String compacted;
    private String narrow;
    private String segmented;

    @BeforeAll
    void start(TestKafka shared) {
        kafka = shared;
        compacted = kafka.newTopic(1, Map.of("cleanup.policy", "compact"));
        narrow = kafka.newTopic(1, Map.of("max.message.bytes", "2000"));
        segmented = kafka.newTopic(1, Map.of("segment.bytes", "1048576", "max.message.bytes", "8000000"));
        gateway = TestGateway.start(
                Component.output(kafka, "compacted", compacted),
                // A batch of which Kafka says that it is too large for a segment: nobody's record is to blame for that.
                Component.output(kafka, "segmented", segmented)
                        .with("linger", "300ms")
                        .with("batchSize", "3000000"),
                Component.output(kafka, "narrow", narrow).with("linger", "50ms"));
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @Test
    void onlyWhoSendsARecordThatKafkaDoesNotTakeHearsOfIt() {
        List<String> bad = new ArrayList<>();
        List<Integer> good = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            List<CompletableFuture<HttpResponse<String>>> calls = call("compacted", round, CALLERS - 1);
            HttpResponse<String> refused = gateway.callAsync("compacted", TestGateway.envelope("\"no key\""))
                    .join();
            bad.add(refused.statusCode() + " " + new JsonObject(refused.body()).getString("message"));
            calls.forEach(call -> good.add(call.join().statusCode()));
        }

        assertThat(good).hasSize(ROUNDS * (CALLERS - 1)).containsOnly(204);
        assertThat(bad)
                .containsOnly("500 error invoking output binding compacted: kafka server: Compacted topic cannot accept"
                        + " message without key in topic partition " + compacted + "-0");
        assertThat(values(compacted))
                .hasSize(good.size())
                .doesNotHaveDuplicates()
                .doesNotContain("\"no key\"");
    }

    @Test
    void aRecordThatIsTooLargeForTheTopicTakesNobodyWithIt() {
        List<CompletableFuture<HttpResponse<String>>> calls = call("narrow", 0, CALLERS);
        HttpResponse<String> refused = gateway.callAsync(
                        "narrow", TestGateway.envelope("\"" + "x".repeat(3_000) + "\""))
                .join();

        assertThat(calls)
                .allSatisfy(call -> assertThat(call.join().statusCode()).isEqualTo(204));
        assertThat(new JsonObject(refused.body()).getString("message")).contains("larger than the max message size");
        assertThat(values(narrow)).hasSize(CALLERS).doesNotHaveDuplicates();
    }

    @Test
    void aBatchThatIsTooLargeForASegmentIsSentInSmallerOnes() {
        String data = "\"" + "x".repeat(90_000) + "\"";

        List<CompletableFuture<HttpResponse<String>>> calls = IntStream.range(0, CALLERS)
                .mapToObj(i -> gateway.callAsync("segmented", TestGateway.envelope(data)))
                .toList();

        assertThat(calls)
                .allSatisfy(call -> assertThat(call.join().statusCode()).isEqualTo(204));
        assertThat(values(segmented)).hasSize(CALLERS);
    }

    private List<CompletableFuture<HttpResponse<String>>> call(String binding, int round, int callers) {
        return IntStream.range(0, callers)
                .mapToObj(i -> gateway.callAsync(
                        binding,
                        "{\"operation\":\"create\",\"data\":\"" + round + "-" + i
                                + "\",\"metadata\":{\"partitionKey\":\"" + i + "\"}}"))
                .toList();
    }

    private List<String> values(String topic) {
        return kafka.readAll(topic).stream()
                .map(ConsumerRecord::value)
                .map(value -> new String(value, StandardCharsets.UTF_8))
                .toList();
    }
}
