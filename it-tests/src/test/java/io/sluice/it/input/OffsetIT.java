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
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where a group begins, what it commits, and where it goes on. */
@WithKafka
class OffsetIT {
    private Stage stage;
    private String topic;

    @BeforeEach
    void open(TestKafka kafka) {
        stage = new Stage(kafka);
        topic = kafka.newTopic();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void aNewGroupBeginsWithTheOldestRecordOrWithTheNewest() {
        stage.send(topic, "old");
        TestGateway gateway = stage.gateway(input("oldest"), input("newest").without("initialOffset"));
        Stage.partition(gateway, "newest");

        stage.send(topic, "new");

        eventually().until(() -> texts("/oldest").equals(List.of("old", "new")));
        eventually().until(() -> texts("/newest").equals(List.of("new")));
    }

    @Test
    void aRecordThatComesBeforeTheFirstOneWasAcknowledgedIsNotLostForANewGroupThatBeginsWithTheNewest() {
        stage.send(topic, "old");
        Component binding = input("in").without("initialOffset");
        TestGateway gateway = stage.gateway(binding);
        Stage.partition(gateway, "in");
        stage.stop(gateway);

        stage.send(topic, "while nobody was there");
        stage.gateway(binding);

        eventually().until(() -> texts("/in").equals(List.of("while nobody was there")));
    }

    @Test
    void theGroupIsTheAppIdUnlessTheComponentNamesOne() {
        TestGateway gateway = stage.gateway(input("in").without("consumerGroup"));
        assertThat(Stage.partitions(gateway, "in").getString("group")).isEqualTo(TestGateway.APP_ID);

        stage.send(topic, "a");

        eventually().until(() -> Groups.offset(stage.kafka(), TestGateway.APP_ID, topic) == 1);
    }

    @Test
    void aRestartGoesOnExactlyAfterWhatWasAcknowledged() {
        Component binding = input("in");
        TestGateway gateway = stage.gateway(binding);
        stage.send(topic, "1", "2", "3");
        eventually().until(() -> stage.app().taken().size() == 3);
        stage.stop(gateway);
        assertThat(Groups.offset(stage.kafka(), binding.field("consumerGroup"), topic))
                .isEqualTo(3);
        assertThat(Groups.members(stage.kafka(), binding.field("consumerGroup")))
                .isEmpty();
        stage.send(topic, "4");

        stage.gateway(binding);

        eventually().until(() -> texts("/in").equals(List.of("1", "2", "3", "4")));
        assertThat(stage.app().deliveries()).hasSize(4);
    }

    /** What a broker has of a group after its only member was killed is what another group is given here. */
    @Test
    void afterACrashOnlyRecordsThatWereNotSettledComeAgain() {
        Promise<Reply> late = Promise.promise();
        stage.app().reply(call -> List.of("0", "3").contains(call.text()) ? late.future() : ok());
        Component binding = input("in").with("ordering", "none");
        stage.gateway(binding);
        stage.send(topic, "0", "1", "2", "3", "4", "5");
        eventually().until(() -> stage.app().taken().size() == 4);
        OffsetAndMetadata committed = eventually()
                .until(
                        () -> Groups.committed(stage.kafka(), binding.field("consumerGroup"), topic),
                        offset -> offset != null
                                && offset.offset() == 0
                                && !offset.metadata().isEmpty());

        Groups.commit(stage.kafka(), "heir-of-" + topic, topic, committed);
        stage.app().reply(call -> ok());
        stage.gateway(binding.with("consumerGroup", "heir-of-" + topic).with("route", "heir"));

        eventually().until(() -> Groups.offset(stage.kafka(), "heir-of-" + topic, topic) == 6);
        assertThat(texts("/heir")).containsExactlyInAnyOrder("0", "3");
        late.complete(Reply.of(200));
        eventually().until(() -> Groups.offset(stage.kafka(), binding.field("consumerGroup"), topic) == 6);
    }

    @Test
    void howOftenARecordWasRefusedIsKnownAfterARestart() {
        Component binding = input("in")
                .with("consumeRetryEnabled", "true")
                .with("backOffDuration", "1h")
                .with("backOffMaxRetries", "1");
        stage.app().answer(call -> 500);
        TestGateway gateway = stage.gateway(binding);
        stage.send(topic, "a");
        eventually().until(() -> stage.app().deliveries().size() == 1);
        stage.stop(gateway);

        TestGateway next = stage.gateway(binding);

        eventually().until(() -> Stage.failures(next, "in").size() == 1);
        assertThat(Stage.failures(next, "in").get(0).getInteger("attempts")).isEqualTo(2);
        assertThat(stage.app().deliveries()).hasSize(2);
    }

    @Test
    void thePartitionsShowHowFarTheyAre() {
        topic = stage.kafka().newTopic(2, Map.of());
        Promise<Reply> late = Promise.promise();
        stage.app().reply(call -> call.text().equals("late") ? late.future() : ok());
        Component binding = input("in");
        TestGateway gateway = stage.gateway(binding);
        stage.send(topic, "1", "2", "late", "4");
        eventually().until(() -> Groups.offset(stage.kafka(), binding.field("consumerGroup"), topic) == 2);

        JsonObject shown = Stage.partitions(gateway, "in");

        assertThat(shown.getString("binding")).isEqualTo("in");
        assertThat(shown.getJsonArray("topics")).isEqualTo(new JsonArray().add(topic));
        assertThat(shown.getJsonArray("notDelivering")).isEmpty();
        JsonObject busy = partition(shown, 0);
        assertThat(busy.getLong("committed")).isEqualTo(2);
        assertThat(busy.getLong("position")).isEqualTo(4);
        assertThat(busy.getLong("end")).isEqualTo(4);
        assertThat(busy.getLong("lag")).isEqualTo(2);
        assertThat(busy.getInteger("windowRecords")).isEqualTo(2);
        assertThat(busy.getInteger("inFlight")).isOne();
        assertThat(busy.getJsonObject("oldestUnsettled").getLong("offset")).isEqualTo(2);
        assertThat(busy.getBoolean("paused")).isFalse();
        JsonObject idle = partition(shown, 1);
        assertThat(idle.getLong("end")).isZero();
        assertThat(idle.getInteger("windowRecords")).isZero();
        assertThat(idle.getJsonObject("oldestUnsettled")).isNull();

        late.complete(Reply.of(200));
        eventually().until(() -> partition(Stage.partitions(gateway, "in"), 0).getLong("lag") == 0);
    }

    private static JsonObject partition(JsonObject shown, int partition) {
        return shown.getJsonArray("partitions").stream()
                .map(JsonObject.class::cast)
                .filter(status -> status.getInteger("partition") == partition)
                .findFirst()
                .orElseThrow();
    }

    private List<String> texts(String path) {
        return stage.app().takenAt(path).stream().map(Call::text).toList();
    }

    private static Future<Reply> ok() {
        return Future.succeededFuture(Reply.of(200));
    }

    private Component input(String name) {
        return Component.input(stage.kafka(), name, topic);
    }
}
