package io.sluice.kafka.consume;

import io.sluice.kafka.consume.courier.Courier;
import io.sluice.kafka.consume.courier.Gate;
import io.sluice.kafka.consume.poll.ConsumerPoller;
import io.sluice.kafka.consume.poll.MemberOpener;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One member of a group that consumes one topic: joins when the app takes its records. Belongs to the verticle's context. */
final class TopicConsumer {
    private static final Logger log = LoggerFactory.getLogger(TopicConsumer.class);
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(1);
    /** The consumer's thread may wait for a broker before it comes to a question. */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

    private final Context context;
    private final Input input;
    private final Consumer<Throwable> failed;
    private final ConsumerPoller poller;
    private final StandstillFence fence;
    private final Assignments assignments;
    private final Courier courier;
    private final Gate gate;
    private final TopicDelivery delivery;
    private final DeliveryWatch watch;
    private final Promise<Void> ended = Promise.promise();
    /** How long a hand-over waits for what is in flight. */
    private Duration patience;

    /** Told, and not over yet. */
    private volatile boolean stoodStill;

    private boolean opened;
    private boolean joined;
    private boolean leaving;
    private boolean over;

    /**
     * @param afterError as {@link ConsumerPoller} has it
     * @param failed called when the consumer is beyond repair
     */
    TopicConsumer(Context context, Input input, String topic, boolean afterError, Consumer<Throwable> failed) {
        this.context = context;
        this.input = input;
        this.failed = failed;
        this.patience = input.drainLimit();
        var opener = new MemberOpener(input.clients(), input.binding(), topic, input.memory());
        this.poller = new ConsumerPoller(input.binding(), topic, input.drainLimit(), afterError, opener);
        var settings = input.binding().consumer();
        this.fence =
                new StandstillFence(settings.sessionTimeout(), settings.heartbeatInterval(), this::confirmMembership);
        this.assignments = new Assignments(input, topic, poller, this::isMember);
        this.courier = input.courier();
        this.gate = input.couriers().gate(input.binding(), this::gateChanged);
        this.delivery = new TopicDelivery(context, input, courier, this::mayDeliver, assignments, poller);
        this.watch = new DeliveryWatch(input, assignments, delivery.failures(), delivery.answers());
    }

    Future<Void> open() {
        return courier.open().compose(v -> gate.open()).onSuccess(v -> {
            opened = true;
            gateChanged();
        });
    }

    private void gateChanged() {
        input.health().subscribed(gate.reason());
        input.metrics().subscribed(gate.isOpen());
        if (opened && !joined && !leaving && gate.isOpen()) {
            joined = true;
            var events = new MemberEvents(input, assignments, delivery, () -> patience, this::ended);
            poller.start(new ContextEvents(context, events, poller::fail));
        }
        delivery.pump();
    }

    /**
     * Lets what is in flight end, commits, and leaves the group.
     *
     * @param limit how long to wait for what is in flight
     */
    Future<Void> leave(Duration limit) {
        if (leaving) {
            return ended.future();
        }
        leaving = true;
        if (!joined || over) {
            ended.tryComplete();
            return ended.future();
        }
        return delivery.stop(limit).compose(v -> {
            // Whoever has not answered by now has had the time of a hand-over.
            patience = Duration.ZERO;
            poller.close();
            return ended.future();
        });
    }

    Future<Void> close() {
        return leave(input.drainLimit()).eventually(gate::close).eventually(courier::close);
    }

    private boolean mayDeliver() {
        return isMember() && gate.isOpen();
    }

    /** Asked on any thread. */
    private boolean isMember() {
        return fence.isOpen(input.clock().getAsLong());
    }

    private void confirmMembership() {
        if (!stoodStill) {
            stoodStill = true;
            log.atWarn()
                    .addKeyValue("binding", input.name())
                    .addKeyValue("topic", assignments.topic())
                    .addKeyValue("remedy", "see what keeps the process from running: a pause, swapping, a move")
                    .log("the process stood still; nothing is delivered before the group has confirmed this member");
        }
        poller.confirmMembership(confirmed -> context.runOnContext(v -> membershipTold(confirmed)));
    }

    private void membershipTold(boolean confirmed) {
        fence.answered(confirmed);
        if (confirmed) {
            stoodStill = false;
            log.atInfo()
                    .addKeyValue("binding", input.name())
                    .addKeyValue("topic", assignments.topic())
                    .log("the group has confirmed this member after it stood still");
        }
        delivery.pump();
    }

    /** Once a second. */
    void tick() {
        fence.look(input.clock().getAsLong());
        try {
            assignments.commit();
            delivery.takeWhatHasRoom();
            assignments.show();
            watch.look(input.clock().getAsLong());
        } catch (Throwable e) {
            // It would go on as it is, with commits that are never made.
            poller.fail(e);
        }
    }

    /** Asks for the ends of the partitions, for the lag. */
    Future<Void> refreshEnds() {
        Promise<Void> asked = Promise.promise();
        // Without partitions there is nothing to ask, and a wake-up would disturb the search for the group's
        // coordinator. Without brokers nobody answers, and those who ask are to hear of that soon.
        boolean ask = joined
                && !over
                && !assignments.lanes().isEmpty()
                && input.health().isClusterReachable();
        if (ask) {
            poller.askForEnds(() -> context.runOnContext(v -> asked.tryComplete()));
        } else {
            asked.complete();
        }
        return asked.future()
                .timeout(ENDS_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                .otherwiseEmpty();
    }

    List<PartitionStatus> statuses() {
        return assignments.statuses();
    }

    /** Why nothing is delivered though there are records, empty when that is not so. */
    String closedBecause() {
        return gate.reason();
    }

    /** A blocked record was delivered after all; its lane goes on. */
    boolean settleStanding(int partition, long offset) {
        return delivery.settleStanding(partition, offset);
    }

    /** Passes over a record that cannot be read, and over those behind it; false when that is not what holds the partition. */
    Future<Boolean> skipUnreadable(int partition, long offset) {
        if (!joined || over) {
            return Future.succeededFuture(false);
        }
        Promise<Boolean> begun = Promise.promise();
        poller.skipUnreadable(
                new TopicPartition(assignments.topic(), partition),
                offset,
                skipped -> context.runOnContext(v -> begun.complete(skipped)));
        return begun.future().timeout(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The topic was deleted and created anew. */
    void topicReplaced() {
        if (joined && !over) {
            poller.topicReplaced();
        }
    }

    private void ended(@Nullable Throwable failure) {
        over = true;
        assignments.close();
        ended.tryComplete();
        if (!leaving) {
            input.health().unassigned(assignments.topic());
            watch.close();
            failed.accept(failure == null ? new IllegalStateException("the consumer ended by itself") : failure);
        } else if (failure != null) {
            log.atWarn()
                    .addKeyValue("binding", input.name())
                    .addKeyValue("topic", assignments.topic())
                    .setCause(failure)
                    .log("a consumer failed while it left its group");
        }
    }
}
