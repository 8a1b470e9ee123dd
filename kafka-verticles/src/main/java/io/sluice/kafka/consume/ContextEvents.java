package io.sluice.kafka.consume;

import io.sluice.kafka.consume.poll.Assignment;
import io.sluice.kafka.consume.poll.PollEvents;
import io.sluice.kafka.consume.progress.Commit;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;

/** Brings a poller's events to the verticle's context, in their order. */
final class ContextEvents implements PollEvents {
    private final Context context;
    private final TopicEvents events;

    /** The same events on the context, where they need no thread of their own to wait. */
    interface TopicEvents {
        void assigned(List<Assignment> assignments);

        void received(ConsumerRecords<byte[], byte[]> records);

        Future<Map<Assignment, Commit>> revoked(List<Assignment> assignments);

        void lost(List<Assignment> assignments);

        void committed(Map<Assignment, Commit> commits, @Nullable Throwable error);

        void ended(@Nullable Throwable failure);
    }

    ContextEvents(Context context, TopicEvents events) {
        this.context = context;
        this.events = events;
    }

    @Override
    public void assigned(List<Assignment> assignments) {
        context.runOnContext(v -> events.assigned(assignments));
    }

    @Override
    public void polled(ConsumerRecords<byte[], byte[]> records, Runnable taken) {
        context.runOnContext(v -> {
            try {
                events.received(records);
            } finally {
                taken.run();
            }
        });
    }

    @Override
    public CompletionStage<Map<Assignment, Commit>> revoked(List<Assignment> assignments) {
        return Future.<Map<Assignment, Commit>>future(done ->
                        context.runOnContext(v -> events.revoked(assignments).onComplete(done)))
                .toCompletionStage();
    }

    @Override
    public void lost(List<Assignment> assignments) {
        context.runOnContext(v -> events.lost(assignments));
    }

    @Override
    public void committed(Map<Assignment, Commit> commits, @Nullable Throwable error) {
        context.runOnContext(v -> events.committed(commits, error));
    }

    @Override
    public void ended(@Nullable Throwable failure) {
        context.runOnContext(v -> events.ended(failure));
    }
}
