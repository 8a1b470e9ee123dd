package io.sluice.it.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.chaos.Call.Position;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import io.sluice.it.process.Launch;
import io.sluice.it.process.SluiceProcess;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a gateway that is asked to end (SIGTERM) does with deliveries. */
@WithKafka
class DrainIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    /** Longer than any test waits: whoever ends without leaving the group is noticed. */
    private static final Duration SESSION = Duration.ofSeconds(60);

    private static final Position FIRST = new Position(0, 0);
    private static final Position LATER = new Position(1, 0);

    private final TestKafka kafka;
    private final String topic;
    private final List<Position> begun = new CopyOnWriteArrayList<>();
    private final Promise<Integer> answer = Promise.promise();
    private final RecordingApp app = RecordingApp.start((call, vertx) -> {
        begun.add(call.position());
        return call.path().endsWith("hanging") ? answer.future() : Future.succeededFuture(200);
    });
    private final Journal journal = app.journal("app");

    DrainIT(TestKafka kafka) {
        this.kafka = kafka;
        this.topic = kafka.newTopic(2, Map.of());
    }

    @AfterEach
    void close() {
        app.close();
    }

    @Test
    void aDeliveryInFlightIsAwaitedAndCommittedAndNoOtherBegins() throws Exception {
        publish(FIRST);
        try (SluiceProcess gateway = launch("hanging").start()) {
            awaitBegun(FIRST);
            gateway.signal("TERM");
            awaitStopping(gateway);
            publish(LATER);
            await().pollDelay(Duration.ofSeconds(1)).atMost(SOON).until(gateway::isAlive);
            answer.complete(200);

            assertThat(gateway.awaitExit(SOON)).isZero();
        }
        assertThat(begun).containsExactly(FIRST);
        assertThat(committed()).isEqualTo(1);
        try (SluiceProcess next = launch("next").start()) {
            awaitBegun(LATER);
            next.signal("TERM");
            assertThat(next.awaitExit(SOON)).isZero();
        }
        assertThat(begun).containsExactly(FIRST, LATER);
    }

    @Test
    void anAppThatHangsIsNotAwaitedLongerThanTheGraceAndAnotherGatewayGoesOnAtOnce() throws Exception {
        publish(FIRST);
        try (SluiceProcess gateway =
                launch("hanging").and("--dapr-graceful-shutdown-seconds", "3").start()) {
            awaitBegun(FIRST);
            gateway.signal("TERM");
            awaitStopping(gateway);

            assertThat(gateway.awaitExit(Duration.ofSeconds(4))).isZero();
        }
        try (SluiceProcess next = launch("next").start()) {
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(journal.acknowledged()).containsExactly(FIRST));
            next.assertUnharmed();
        }
        assertThat(begun).containsExactly(FIRST, FIRST);
    }

    private Launch launch(String member) {
        return InputGateway.of(
                kafka.bootstrapServers(), topic, app, "/app/" + member, "sessionTimeout", SESSION.toSeconds() + "s");
    }

    private void awaitBegun(Position position) {
        await().atMost(SOON).until(() -> begun.contains(position));
    }

    private static void awaitStopping(SluiceProcess gateway) {
        await().atMost(SOON).until(() -> gateway.out().stream().anyMatch(line -> line.contains("stopping")));
    }

    private void publish(Position position) throws Exception {
        ByteArraySerializer bytes = new ByteArraySerializer();
        Map<String, Object> config = Map.of("bootstrap.servers", kafka.bootstrapServers());
        try (var producer = new KafkaProducer<>(config, bytes, bytes)) {
            var record = new ProducerRecord<>(topic, position.partition(), new byte[0], "1".getBytes(UTF_8));
            assertThat(producer.send(record).get(10, TimeUnit.SECONDS).offset()).isEqualTo(position.offset());
        }
    }

    private long committed() throws Exception {
        OffsetAndMetadata committed = kafka.admin()
                .listConsumerGroupOffsets(topic + "-app")
                .partitionsToOffsetAndMetadata()
                .get(10, TimeUnit.SECONDS)
                .get(new TopicPartition(topic, FIRST.partition()));
        return committed == null ? -1 : committed.offset();
    }
}
