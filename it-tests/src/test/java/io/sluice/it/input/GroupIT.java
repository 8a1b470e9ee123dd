package io.sluice.it.input;

import static io.sluice.it.input.Stage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import io.sluice.it.input.TestApp.Call;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The certification tests of Dapr's binding that need one broker: an app that fails every 100th call. */
@WithKafka
class GroupIT {
    private static final int MESSAGES = 1000;

    private Stage stage;
    private String topic;

    @BeforeEach
    void open(TestKafka kafka) {
        stage = new Stage(kafka);
        topic = kafka.newTopic(10, Map.of());
        stage.app().answer(everyHundredthFails());
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void eachOfTwoGroupsReceivesAllMessagesOfOneKeyInOrder() {
        TestGateway gateway = stage.gateway(output(), input("one"), input("two"));

        for (int i = 0; i < MESSAGES; i++) {
            post(gateway, i, "same");
        }

        eventually().untilAsserted(() -> assertThat(stage.app().taken()).hasSize(2 * MESSAGES));
        assertThat(numbers(stage.app().takenAt("/one"))).isEqualTo(messages(MESSAGES));
        assertThat(numbers(stage.app().takenAt("/two"))).isEqualTo(messages(MESSAGES));
        assertThat(stage.app().deliveries()).hasSizeGreaterThan(2 * MESSAGES);
    }

    @Test
    void everyMessageComesOnceWhenASecondMemberJoinsTheGroup() throws Exception {
        TestGateway first = stage.gateway(output(), input("one"));
        AtomicInteger sent = new AtomicInteger();
        AtomicBoolean joined = new AtomicBoolean();
        CompletableFuture<Void> load = CompletableFuture.runAsync(() -> {
            while (sent.get() < MESSAGES || !joined.get()) {
                post(first, sent.get(), "key " + sent.get());
                sent.incrementAndGet();
            }
        });
        eventually().until(() -> sent.get() > 200);

        TestGateway second = stage.gateway(input("one"));
        eventually().until(() -> partitionsOf(first) == 5 && partitionsOf(second) == 5);
        joined.set(true);
        load.get();

        eventually().untilAsserted(() -> assertThat(stage.app().taken()).hasSizeGreaterThanOrEqualTo(sent.get()));
        assertThat(numbers(stage.app().taken())).containsExactlyInAnyOrderElementsOf(messages(sent.get()));
    }

    @Test
    void aGatewayWithoutAnAppLeavesTheRecordsToTheOneThatSharesItsComponents() {
        Component both = input("one").with("direction", "input, output").with("publishTopic", topic);
        try (TestGateway producing = TestGateway.start(Map.of(), List.of(both))) {
            stage.gateway(both);

            for (int i = 0; i < 40; i++) {
                assertThat(producing
                                .call("one", "{\"operation\":\"create\",\"data\":" + i + "}")
                                .statusCode())
                        .isEqualTo(204);
            }

            eventually().untilAsserted(() -> assertThat(numbers(stage.app().taken()))
                    .containsExactlyInAnyOrderElementsOf(messages(40)));
            assertThat(Groups.members(stage.kafka(), both.field("consumerGroup")))
                    .hasSize(1);
            assertThat(Stage.partitions(producing, "one").getJsonArray("notDelivering"))
                    .singleElement()
                    .asString()
                    .contains("--app-port");
        }
    }

    private Component output() {
        return Component.output(stage.kafka(), "out", topic);
    }

    private Component input(String name) {
        return Component.input(stage.kafka(), name, topic)
                .with("consumeRetryEnabled", "true")
                .with("backOffDuration", "50ms")
                // Members hear of a rebalance by heartbeat.
                .with("heartbeatInterval", "100ms");
    }

    private static void post(TestGateway gateway, int number, String key) {
        assertThat(gateway.call(
                                "out",
                                "{\"operation\":\"create\",\"data\":" + number + ",\"metadata\":{\"partitionKey\":\""
                                        + key + "\"}}")
                        .statusCode())
                .isEqualTo(204);
    }

    private static int partitionsOf(TestGateway gateway) {
        return Stage.partitions(gateway, "one").getJsonArray("partitions").size();
    }

    private static Function<Call, Integer> everyHundredthFails() {
        AtomicInteger calls = new AtomicInteger();
        return call -> calls.incrementAndGet() % 100 == 0 ? 500 : 200;
    }

    private static List<Integer> numbers(List<Call> calls) {
        List<Integer> numbers = new ArrayList<>();
        calls.forEach(call -> numbers.add(Integer.parseInt(call.text())));
        return numbers;
    }

    private static List<Integer> messages(int count) {
        return IntStream.range(0, count).boxed().toList();
    }
}
