package io.sluice.kafka.consume;

import io.sluice.kafka.consume.ContextEvents.TopicEvents;
import io.sluice.kafka.consume.poll.Assignment;
import io.sluice.kafka.consume.poll.Jump;
import io.sluice.kafka.consume.progress.Commit;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Heeds what happens to a member of a group: its partitions, their records and commits. Belongs to the verticle's context. */
final class MemberEvents implements TopicEvents {
    private static final Logger log = LoggerFactory.getLogger(MemberEvents.class);

    private final Input input;
    private final Assignments assignments;
    private final TopicDelivery delivery;
    private final Supplier<Duration> patience;
    private final Consumer<@Nullable Throwable> ended;

    /**
     * @param patience how long a hand-over waits for what is in flight
     * @param ended called with the failure if there was one, when the consumer is closed
     */
    MemberEvents(
            Input input,
            Assignments assignments,
            TopicDelivery delivery,
            Supplier<Duration> patience,
            Consumer<@Nullable Throwable> ended) {
        this.input = input;
        this.assignments = assignments;
        this.delivery = delivery;
        this.patience = patience;
        this.ended = ended;
    }

    @Override
    public void assigned(List<Assignment> assigned) {
        assignments.assigned(assigned);
        input.health().assigned(assignments.topic());
        input.health().solved(InputHealth.consumer(assignments.topic()));
        if (!assigned.isEmpty()) {
            input.health().idle().remove(assignments.topic());
            input.health().consumes(assignments.topic());
        }
    }

    @Override
    public void idle(boolean topicExists) {
        String topic = assignments.topic();
        if (!topicExists) {
            input.health().missing(topic);
            return;
        }
        input.health().idle().add(topic);
        input.health().consumes(topic);
        log.atInfo()
                .addKeyValue("binding", input.name())
                .addKeyValue("topic", topic)
                .addKeyValue("group", input.binding().consumer().group())
                .log("other members of the group have all partitions");
    }

    @Override
    public void received(ConsumerRecords<byte[], byte[]> records) {
        assignments.received(records);
        delivery.pump();
    }

    @Override
    public void jumped(List<Jump> jumps) {
        assignments.jumped(jumps);
    }

    @Override
    public void unreadable(Assignment assignment) {
        assignments.troubles().unreadable(assignment);
    }

    @Override
    public void readable(Assignment assignment) {
        assignments.troubles().readable(assignment);
    }

    @Override
    public Future<Map<Assignment, Commit>> revoked(List<Assignment> revoked) {
        return assignments.handOver(revoked, patience.get());
    }

    @Override
    public void lost(List<Assignment> lost) {
        assignments.lost(lost);
    }

    @Override
    public void committed(Map<Assignment, Commit> commits, @Nullable Throwable error) {
        assignments.committed(commits, error);
        delivery.commitIfDue();
    }

    @Override
    public void ended(@Nullable Throwable failure) {
        ended.accept(failure);
    }
}
