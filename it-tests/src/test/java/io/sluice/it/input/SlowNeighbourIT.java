package io.sluice.it.input;

import static io.sluice.it.input.Stage.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.gateway.Component;
import io.sluice.it.input.TestApp.Reply;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A binding beside one whose deliveries the app takes for ever to answer. {@code -Dsluice.deep=true} asks more pairs. */
@WithKafka
class SlowNeighbourIT {
    private static final boolean DEEP = Boolean.getBoolean("sluice.deep");
    private static final int PARTITIONS = 16;
    private static final int RECORDS = 1_600;
    private static final int NANOS = 1_000_000;

    static Stream<Arguments> ways() {
        // Vert.x allows a hundred streams on a connection, and eight are opened.
        var limited = Stream.of(Arguments.of("http", 16, 15), Arguments.of("h2c", -1, 799));
        var more = Stream.of(Arguments.of("http", -1, 1023), Arguments.of("h2c", 16, 15));
        return DEEP ? Stream.concat(limited, more) : limited;
    }

    /** @param taken places that the slow one can have */
    @ParameterizedTest
    @MethodSource("ways")
    void itsRecordReachesTheAppWhileTheSlowOnesAreAllOpen(
            String protocol, int concurrency, int taken, TestKafka kafka) {
        try (Stage stage = new Stage(kafka)) {
            String slow = kafka.newTopic(PARTITIONS, Map.of());
            String quick = kafka.newTopic();
            Promise<Reply> never = Promise.promise();
            stage.app()
                    .reply(call ->
                            call.path().equals("/slow") ? never.future() : Future.succeededFuture(Reply.of(200)));
            fill(kafka, slow);
            stage.gateway(
                    Map.of(),
                    List.of(
                            Component.input(kafka, "slow", slow).with("ordering", "none"),
                            Component.input(kafka, "quick", quick)),
                    "--app-protocol=" + protocol,
                    "--app-max-concurrency=" + concurrency);
            eventually().until(() -> stage.app().deliveries().size() == taken);
            stage.send(quick, "first");
            eventually().until(() -> stage.app().takenTexts("/quick").equals(List.of("first")));

            long sent = System.nanoTime();
            stage.send(quick, "next");
            eventually().until(() -> stage.app().takenTexts("/quick").equals(List.of("first", "next")));
            System.out.println(
                    protocol + ", at most " + concurrency + ": " + (System.nanoTime() - sent) / NANOS + " ms");

            assertThat(stage.app().deliveries()).as("the slow ones, and two").hasSize(taken + 2);
            assertThat(stage.app().taken()).hasSize(2);
        }
    }

    private static void fill(TestKafka kafka, String topic) {
        var bytes = new ByteArraySerializer();
        Map<String, Object> config = Map.of("bootstrap.servers", kafka.bootstrapServers(), "enable.idempotence", false);
        try (var producer = new KafkaProducer<>(config, bytes, bytes)) {
            for (int i = 0; i < RECORDS; i++) {
                producer.send(new ProducerRecord<>(topic, i % PARTITIONS, null, "slow".getBytes(UTF_8)));
            }
        }
    }
}
