package io.sluice.kafka.consume;

import io.sluice.kafka.consume.poll.Assignment;
import io.sluice.kafka.consume.poll.Jump;
import io.sluice.kafka.consume.poll.PollEvents;
import io.sluice.kafka.consume.progress.Commit;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a poller's events to the verticle's context, in their order. */
final class ContextEvents implements PollEvents {
    private static final Logger log = LoggerFactory.getLogger(ContextEvents.class);

    private final Context context;
    private final TopicEvents events;
    private final Consumer<Throwable> failed;
    private long received;
    private boolean broken;

    /** The same events on the context, where they need no thread of their own to wait. */
    interface TopicEvents {
        void assigned(List<Assignment> assignments);

        void idle(boolean topicExists);

        void received(ConsumerRecords<byte[], byte[]> records);

        void jumped(List<Jump> jumps);

        void unreadable(Assignment assignment);

        void readable(Assignment assignment);

        Future<Map<Assignment, Commit>> revoked(List<Assignment> assignments);

        void lost(List<Assignment> assignments);

        void committed(Map<Assignment, Commit> commits, @Nullable Throwable error);

        void ended(@Nullable Throwable failure);
    }

    /** @param failed told what an event met that could not be heeded; nothing but a hand-over and the end follows */
    ContextEvents(Context context, TopicEvents events, Consumer<Throwable> failed) {
        this.context = context;
        this.events = events;
        this.failed = failed;
    }

    @Override
    public void assigned(List<Assignment> assignments) {
        heed(() -> events.assigned(assignments));
    }

    @Override
    public void idle(boolean topicExists) {
        heed(() -> events.idle(topicExists));
    }

    @Override
    public void polled(long number, ConsumerRecords<byte[], byte[]> records, Runnable taken) {
        context.runOnContext(v -> {
            try {
                heedNow(() -> received(number, records));
            } finally {
                taken.run();
            }
        });
    }

    private void received(long number, ConsumerRecords<byte[], byte[]> records) {
        if (number != received) {
            throw new IllegalStateException("records were lost between Kafka and their delivery");
        }
        received++;
        events.received(records);
    }

    @Override
    public void jumped(List<Jump> jumps) {
        heed(() -> events.jumped(jumps));
    }

    @Override
    public void unreadable(Assignment assignment) {
        heed(() -> events.unreadable(assignment));
    }

    @Override
    public void readable(Assignment assignment) {
        heed(() -> events.readable(assignment));
    }

    @Override
    public CompletionStage<Map<Assignment, Commit>> revoked(List<Assignment> assignments) {
        return Future.<Map<Assignment, Commit>>future(done -> context.runOnContext(v -> Future.succeededFuture()
                        .compose(here -> events.revoked(assignments))
                        .onComplete(done)))
                .toCompletionStage();
    }

    @Override
    public void lost(List<Assignment> assignments) {
        heed(() -> events.lost(assignments));
    }

    @Override
    public void committed(Map<Assignment, Commit> commits, @Nullable Throwable error) {
        heed(() -> events.committed(commits, error));
    }

    @Override
    public void ended(@Nullable Throwable failure) {
        context.runOnContext(v -> events.ended(failure));
    }

    private void heed(Runnable event) {
        context.runOnContext(v -> heedNow(event));
    }

    /** What one event left half done, the next ones would take for done: records that never came for settled ones. */
    private void heedNow(Runnable event) {
        if (broken) {
            return;
        }
        try {
            event.run();
        } catch (Throwable e) {
            broken = true;
            log.atError().setCause(e).log("an event of a consumer could not be heeded; the consumer is started again");
            failed.accept(e);
        }
    }
}
