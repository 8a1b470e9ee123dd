package io.sluice.kafka.consume;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.health.Health;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A member of a group that has no partitions of a topic. */
class IdleTopicsTest {
    private static final TopicPartition P0 = new TopicPartition("t", 0);
    private static final TopicPartition P1 = new TopicPartition("t", 1);
    private static final TopicPartition OTHER = new TopicPartition("u", 0);

    private final Health health = new Health();
    private final InputHealth input = new InputHealth(health, Inputs.with().binding());
    private final IdleTopics idle = input.idle();

    @BeforeEach
    void others() {
        input.reachable();
        idle.add("t");
        input.consumes("t");
    }

    @Test
    void besideMembersThatHaveOnePartitionEachItIsWellAndSaysThatItWaits() {
        look(Set.of(P0, OTHER), Set.of(P1), Set.of());
        look(Set.of(P0, OTHER), Set.of(P1), Set.of());

        assertThat(detail()).isEmpty();
        assertThat(input.notConsuming()).singleElement().asString().contains("all partitions of t", "waits");
    }

    @Test
    void besideOneThatHasMoreItIsToldAtTheSecondLook() {
        look(Set.of(P0, P1), Set.of());
        assertThat(detail()).isEmpty();

        look(Set.of(P0, P1), Set.of());
        assertThat(detail()).contains("all 2 partitions of t", "and this gateway has none", "consumerGroup");
        assertThat(input.notConsuming()).containsExactly(detail());
    }

    @Test
    void itIsOverWhenTheOthersShareEvenlyOrPartitionsCome() {
        look(Set.of(P0, P1), Set.of());
        look(Set.of(P0, P1), Set.of());
        look(Set.of(P0), Set.of(P1), Set.of());
        assertThat(detail()).isEmpty();

        idle.remove("t");
        look(Set.of(P0, P1), Set.of());
        look(Set.of(P0, P1), Set.of());
        assertThat(detail()).isEmpty();
        assertThat(input.notConsuming()).isEmpty();
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private void look(Set<TopicPartition>... members) {
        idle.look(List.of(members));
    }

    private String detail() {
        return health.targets().get("input:orders").detail();
    }
}
