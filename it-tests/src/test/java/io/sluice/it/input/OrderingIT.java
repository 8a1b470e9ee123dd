package io.sluice.it.input;

import static io.sluice.it.input.Stage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import io.sluice.it.input.TestApp.Call;
import io.sluice.it.input.TestApp.Reply;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many deliveries are under way at once, and which of them. */
@WithKafka
class OrderingIT {
    private static final int KEYS = 4;
    private static final int PER_KEY = 10;

    private Stage stage;
    private String topic;
    private Crowd crowd;

    /** Answers after a while, and notes how many wait for their answer at once. */
    private final class Crowd implements Function<Call, Future<Reply>> {
        private final Duration pause;
        private final Map<String, Integer> now = new HashMap<>();
        private final Map<String, Integer> most = new ConcurrentHashMap<>();

        Crowd(Duration pause) {
            this.pause = pause;
        }

        @Override
        public Future<Reply> apply(Call call) {
            List<String> rooms =
                    List.of("all", "partition " + call.header("__partition"), "key " + call.header("__key"));
            rooms.forEach(room -> most.merge(room, now.merge(room, 1, Integer::sum), Math::max));
            return stage.app()
                    .vertx()
                    .timer(pause.toMillis())
                    .onComplete(over -> rooms.forEach(room -> now.merge(room, -1, Integer::sum)))
                    .map(Reply.of(200));
        }

        int mostAtOnce(String room) {
            return most.get(room);
        }
    }

    @BeforeEach
    void open(TestKafka kafka) {
        stage = new Stage(kafka);
        topic = kafka.newTopic(2, Map.of());
        crowd = new Crowd(Duration.ofMillis(20));
        stage.app().reply(crowd);
        for (int i = 0; i < PER_KEY; i++) {
            for (int key = 0; key < KEYS; key++) {
                stage.send(topic, key % 2, "k" + key, "" + i);
            }
        }
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void partitionsAreDeliveredSideBySideOneRecordAtATime() {
        stage.gateway(input());

        awaitAll();
        assertThat(crowd.mostAtOnce("partition 0")).isOne();
        assertThat(crowd.mostAtOnce("partition 1")).isOne();
        assertThat(crowd.mostAtOnce("all")).isEqualTo(2);
        assertThat(offsets(0)).isSorted();
        assertThat(offsets(1)).isSorted();
    }

    @Test
    void withOrderOfTheKeyKeysAreDeliveredSideBySideEachInOrder() {
        stage.gateway(input().with("ordering", "key"));

        awaitAll();
        for (int key = 0; key < KEYS; key++) {
            assertThat(crowd.mostAtOnce("key k" + key)).isOne();
            assertThat(textsOf("k" + key))
                    .isEqualTo(IntStream.range(0, PER_KEY)
                            .mapToObj(String::valueOf)
                            .toList());
        }
        assertThat(crowd.mostAtOnce("partition 0")).isEqualTo(KEYS / 2);
    }

    @Test
    void withoutAnyOrderAsManyAsAllowedAreUnderWay() {
        stage.gateway(input().with("ordering", "none").with("maxInFlight", "7"));

        awaitAll();
        assertThat(crowd.mostAtOnce("partition 0")).isEqualTo(7);
        assertThat(crowd.mostAtOnce("partition 1")).isEqualTo(7);
    }

    @Test
    void theLimitOfTheAppHoldsOverAllBindings() {
        Component one = input().with("ordering", "none");
        Component other = Component.input(stage.kafka(), "other", topic).with("ordering", "none");

        TestGateway gateway = stage.gateway(Map.of(), List.of(one, other), "--app-max-concurrency=5");

        eventually().until(() -> stage.app().taken().size() == 2 * KEYS * PER_KEY);
        assertThat(crowd.mostAtOnce("all")).isEqualTo(5);
        assertThat(Stage.failures(gateway, "in")).isEmpty();
    }

    private void awaitAll() {
        eventually().until(() -> stage.app().taken().size() == KEYS * PER_KEY);
    }

    private List<Long> offsets(int partition) {
        return stage.app().deliveries().stream()
                .filter(call -> String.valueOf(partition).equals(call.header("__partition")))
                .map(call -> Long.valueOf(String.valueOf(call.header("__offset"))))
                .toList();
    }

    private List<String> textsOf(String key) {
        return stage.app().deliveries().stream()
                .filter(call -> key.equals(call.header("__key")))
                .map(Call::text)
                .toList();
    }

    private Component input() {
        return Component.input(stage.kafka(), "in", topic);
    }
}
