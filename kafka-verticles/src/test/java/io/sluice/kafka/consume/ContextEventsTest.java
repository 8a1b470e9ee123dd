package io.sluice.kafka.consume;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kafka.consume.ContextEvents.TopicEvents;
import io.sluice.kafka.consume.poll.Assignment;
import io.sluice.kafka.consume.poll.Jump;
import io.sluice.kafka.consume.progress.Commit;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ContextEventsTest {
    private final List<String> heeded = new ArrayList<>();
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    private @Nullable Throwable next;
    private final Vertx vertx = Vertx.vertx();
    private final ContextEvents events =
            new ContextEvents(vertx.getOrCreateContext(), new Heeding(), failure::complete);

    @AfterEach
    void close() throws Exception {
        InputHarness.await(vertx.close());
    }

    @Test
    void whatAnErrorLeftHalfDoneIsFollowedByNothingButTheHandOverAndTheEnd() throws Exception {
        next = new NoClassDefFoundError("a codec");
        events.polled(0, ConsumerRecords.empty(), () -> {});
        events.polled(1, ConsumerRecords.empty(), () -> {});
        events.committed(Map.of(), null);

        end();

        assertThat(failure).isCompletedWithValueMatching(NoClassDefFoundError.class::isInstance);
        assertThat(heeded).containsExactly("received", "revoked", "ended");
    }

    @Test
    void recordsThatDoNotComeAreNotTakenForAGap() throws Exception {
        events.polled(0, ConsumerRecords.empty(), () -> {});
        events.polled(2, ConsumerRecords.empty(), () -> {});

        end();

        assertThat(failure).isCompletedWithValueMatching(IllegalStateException.class::isInstance);
        assertThat(heeded).containsExactly("received", "revoked", "ended");
    }

    @Test
    void recordsThatCannotBeTakenKeepThePollerWaitingForNothing() throws Exception {
        next = new OutOfMemoryError("for the test");
        var taken = new CompletableFuture<Void>();

        events.polled(0, ConsumerRecords.empty(), () -> taken.complete(null));

        assertThat(taken.get(10, TimeUnit.SECONDS)).isNull();
    }

    @Test
    void aHandOverThatFailsIsAnsweredAtOnce() {
        next = new IllegalStateException("for the test");

        assertThat(events.revoked(List.of()).toCompletableFuture())
                .failsWithin(10, TimeUnit.SECONDS)
                .withThrowableThat()
                .withMessageContaining("for the test");
    }

    private void end() throws Exception {
        events.revoked(List.of()).toCompletableFuture().get(10, TimeUnit.SECONDS);
        events.ended(null);
        events.revoked(List.of()).toCompletableFuture().get(10, TimeUnit.SECONDS);
        heeded.remove(heeded.size() - 1);
    }

    private final class Heeding implements TopicEvents {
        private void heed(String event) {
            heeded.add(event);
            Throwable failing = next;
            next = null;
            if (failing instanceof Error error) {
                throw error;
            }
            if (failing instanceof RuntimeException exception) {
                throw exception;
            }
        }

        @Override
        public void idle(boolean topicExists) {}

        @Override
        public void assigned(List<Assignment> assignments) {
            heed("assigned");
        }

        @Override
        public void received(ConsumerRecords<byte[], byte[]> records) {
            heed("received");
        }

        @Override
        public void jumped(List<Jump> jumps) {
            heed("jumped");
        }

        @Override
        public void unreadable(Assignment assignment) {
            heed("unreadable");
        }

        @Override
        public void readable(Assignment assignment) {
            heed("readable");
        }

        @Override
        public Future<Map<Assignment, Commit>> revoked(List<Assignment> assignments) {
            heed("revoked");
            return Future.succeededFuture(Map.of());
        }

        @Override
        public void lost(List<Assignment> assignments) {
            heed("lost");
        }

        @Override
        public void committed(Map<Assignment, Commit> commits, @Nullable Throwable error) {
            heed("committed");
        }

        @Override
        public void ended(@Nullable Throwable cause) {
            heed("ended");
        }
    }
}
