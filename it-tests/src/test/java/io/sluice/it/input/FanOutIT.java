package io.sluice.it.input;

import static io.sluice.it.input.Stage.eventually;
import static io.sluice.it.input.Stage.forAWhile;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import io.sluice.it.input.TestApp.Reply;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import io.vertx.core.Future;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An app whose answer asks for more records. */
@WithKafka
class FanOutIT {
    private Stage stage;
    private String topic;
    private String first;
    private String second;

    @BeforeEach
    void open(TestKafka kafka) {
        stage = new Stage(kafka);
        topic = kafka.newTopic();
        first = kafka.newTopic();
        second = kafka.newTopic();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void itsDataGoesToEveryBindingItNamesByteForByte() {
        answer("{\"to\":[\"first\",\"second\"],\"data\":{\"b\":1.0,\"a\":\"é\"}}");
        gateway(input().with("fanOut", "true"));

        stage.send(topic, "a");

        eventually().until(() -> texts(second).equals(List.of("{\"b\":1.0,\"a\":\"é\"}")));
        assertThat(texts(first)).isEqualTo(texts(second));
    }

    @Test
    void inParallelATargetThatFailsHoldsUpNoOther() {
        answer("{\"to\":[\"nobody\",\"second\"],\"data\":1,\"concurrency\":\"parallel\"}");
        TestGateway gateway = gateway(input().with("fanOut", "true"));

        stage.send(topic, "a");

        eventually().until(() -> texts(second).equals(List.of("1")));
        assertThat(Stage.failures(gateway, "in")).isEmpty();
    }

    @Test
    void inSequenceATargetThatFailsEndsItAndTheRecordIsAcknowledgedAllTheSame() {
        answer("{\"to\":[\"first\",\"nobody\",\"second\"],\"data\":1}");
        Component binding = input().with("fanOut", "true");
        TestGateway gateway = gateway(binding);

        stage.send(topic, "a");

        eventually().until(() -> Groups.offset(stage.kafka(), binding.field("consumerGroup"), topic) == 1);
        assertThat(texts(first)).containsExactly("1");
        assertThat(texts(second)).isEmpty();
        assertThat(stage.app().deliveries()).hasSize(1);
        assertThat(Stage.failures(gateway, "in")).isEmpty();
    }

    @Test
    void withoutTheFieldAnAnswerIsAnAnswer() {
        answer("{\"to\":[\"first\"],\"data\":1}");
        gateway(input());

        stage.send(topic, "a");

        eventually().until(() -> stage.app().taken().size() == 1);
        forAWhile().until(() -> texts(first).isEmpty());
    }

    private void answer(String body) {
        stage.app().reply(call -> Future.succeededFuture(new Reply(200, body)));
    }

    private TestGateway gateway(Component input) {
        return stage.gateway(
                input,
                Component.output(stage.kafka(), "first", first),
                Component.output(stage.kafka(), "second", second));
    }

    private Component input() {
        return Component.input(stage.kafka(), "in", topic);
    }

    private List<String> texts(String of) {
        return stage.kafka().readAll(of).stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }
}
