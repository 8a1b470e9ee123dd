package io.sluice.it.input;

import static io.sluice.it.input.Stage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.gateway.Component;
import io.sluice.it.input.TestApp.Reply;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Membership in a group does not depend on how fast the app is. */
@WithKafka
class SlowAppIT {
    /** The shortest session that a broker allows by default ({@code group.min.session.timeout.ms}). */
    private static final Duration SESSION = Duration.ofSeconds(6);

    @Test
    void anAppThatTakesThreeSessionsForARecordIsNotEvictedAndGetsItOnce(TestKafka kafka) {
        try (Stage stage = new Stage(kafka)) {
            String topic = kafka.newTopic();
            Component binding = Component.input(kafka, "in", topic).with("sessionTimeout", SESSION.toSeconds() + "s");
            String group = binding.field("consumerGroup");
            Promise<Reply> answer = Promise.promise();
            stage.app().reply(call -> answer.future());
            stage.gateway(binding);
            stage.send(topic, "slow", "next");
            eventually().until(() -> stage.app().deliveries().size() == 1);
            List<String> before = Groups.members(kafka, group);

            eventually()
                    .atMost(SESSION.multipliedBy(4))
                    .during(SESSION.multipliedBy(3))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> Groups.members(kafka, group).equals(before));
            answer.complete(Reply.of(200));

            eventually().until(() -> stage.app().takenTexts().equals(List.of("slow", "next")));
            eventually().until(() -> Groups.offset(kafka, group, topic) == 2);
            assertThat(stage.app().deliveries()).hasSize(2);
            assertThat(Groups.members(kafka, group)).isEqualTo(before).hasSize(1);
        }
    }
}
