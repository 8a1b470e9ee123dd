package io.sluice.kafka.consume.poll;

import io.sluice.core.binding.ConsumerSettings.InitialOffset;
import io.sluice.core.binding.KafkaBinding;
import io.sluice.kafka.consume.progress.Commit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns a Kafka consumer: a thread that polls it and does nothing else, so that membership in the group never depends on
 * how fast records are delivered. Nobody else touches the consumer; what others want of it waits in a queue until the
 * poll was woken.
 *
 * <pre>{@code
 *   others      commit, ask for ends ──► queue ──┐ wake
 *   the thread  commands → read what was committed of new partitions → pause or resume → poll → hand over ──┐
 *                  ▲                                                                                       │
 *                  └──────────────── at most one hand-over is not taken yet ◄──────────────────────────────┘
 * }</pre>
 *
 * <p>Safe for use from any thread.
 */
public final class ConsumerPoller {
    private static final Logger log = LoggerFactory.getLogger(ConsumerPoller.class);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final Opener opener;
    private final PollMemory memory;
    private final String topic;
    private final InitialOffset initial;
    private final Duration drainLimit;
    private final boolean afterError;
    private final String name;
    private final Queue<PollCommand> commands = new ConcurrentLinkedQueue<>();
    private final int mostRecords;
    private final PollSignal signal = new PollSignal();

    private volatile boolean closing;
    private volatile @Nullable Throwable broken;

    /** Makes a consumer; may block, and may fail. */
    @FunctionalInterface
    interface Opener {
        Consumer<byte[], byte[]> open(PollMemory memory) throws Exception;
    }

    /**
     * @param drainLimit how long {@link PollEvents#revoked} may take
     * @param afterError whether the consumer before this one met an {@link Error}: then records are polled one by one, so that
     *     none that can be read is lost with one that cannot, and the next time the record is held
     */
    public ConsumerPoller(
            KafkaBinding binding, String topic, Duration drainLimit, boolean afterError, MemberOpener opener) {
        this(binding, topic, drainLimit, afterError, opener.memory(), polled -> opener.open(polled, afterError));
    }

    ConsumerPoller(
            KafkaBinding binding,
            String topic,
            Duration drainLimit,
            boolean afterError,
            InputMemory memory,
            Opener opener) {
        this.opener = opener;
        this.memory = new PollMemory(
                memory.deliveries(), ConsumerProperties.mostBytes(binding.consumer()), memory.largestRecord());
        this.mostRecords = afterError ? 1 : ConsumerProperties.mostRecords(binding.consumer());
        this.topic = topic;
        this.initial = binding.consumer().initialOffset();
        this.drainLimit = drainLimit;
        this.afterError = afterError;
        this.name = "sluice-consumer-" + binding.name() + "-" + topic;
    }

    /** Joins the group. To be called once. */
    public void start(PollEvents events) {
        var thread = new Thread(() -> run(events), name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Hands over what is assigned and leaves the group; {@link PollEvents#ended} follows if it was started. */
    public void close() {
        closing = true;
        wake();
    }

    /** As {@link #close}, because of a failure that {@link PollEvents#ended} is to tell. */
    public void fail(Throwable why) {
        broken = why;
        close();
    }

    /** Commits without waiting; {@link PollEvents#committed} follows unless the partitions are gone by then. */
    public void commit(Map<Assignment, Commit> commits) {
        execute((member, unreadable) -> member.commit(commits));
    }

    /**
     * Asks the group whether this consumer is still its member, with the partitions that it has.
     *
     * @param answer gets no when that is not so or cannot be known
     */
    public void confirmMembership(java.util.function.Consumer<Boolean> answer) {
        execute((member, unreadable) -> answer.accept(member.isConfirmed()));
    }

    /** The topic was deleted and created anew: its partitions begin at their starts. */
    public void topicReplaced() {
        execute((member, unreadable) -> {
            member.topicReplaced();
            unreadable.topicReplaced();
        });
    }

    /** Asks the brokers for {@link Assignment#end} of all assignments, then runs {@code asked}. */
    public void askForEnds(Runnable asked) {
        execute((member, unreadable) -> {
            member.askForEnds();
            asked.run();
        });
    }

    /**
     * Passes over the record at which a partition is held because it cannot be read, and over those behind it that cannot
     * either; {@link PollEvents#jumped} tells how far that went.
     *
     * @param begun gets whether the partition is held there
     */
    public void skipUnreadable(TopicPartition partition, long offset, java.util.function.Consumer<Boolean> begun) {
        execute((member, unreadable) -> begun.accept(unreadable.skip(partition, offset)));
    }

    private void execute(PollCommand command) {
        commands.add(command);
        wake();
    }

    /** What has changed until now is heeded soon: the poll that is under way ends, or the next one does not wait. */
    public void wake() {
        signal.wake();
    }

    private void run(PollEvents events) {
        Throwable failure = null;
        try {
            consume(opener.open(memory), events);
        } catch (Throwable e) {
            // Errors too: memory that was short, or a class of a codec that cannot be loaded, must not end this in
            // silence.
            failure = e;
        }
        signal.consumer(null);
        memory.begin();
        events.ended(failure == null ? broken : failure);
    }

    private void consume(Consumer<byte[], byte[]> opened, PollEvents events) throws InterruptedException {
        try {
            var member = new GroupMember(
                    opened, new StartPositions(opened, topic, initial, System::nanoTime), events, drainLimit);
            signal.consumer(opened);
            opened.subscribe(List.of(topic), member.listener(signal::busy, signal::asleep, signal::wake));
            pollUntilClosed(opened, member, events);
        } finally {
            close(opened);
        }
    }

    private void pollUntilClosed(Consumer<byte[], byte[]> opened, GroupMember member, PollEvents events)
            throws InterruptedException {
        try {
            var turns = new PollTurns(opened, topic, member, events, signal, memory, mostRecords, afterError);
            while (!closing) {
                turns.next(commands, () -> closing);
            }
        } finally {
            member.handOverAll();
        }
    }

    private static void close(Consumer<byte[], byte[]> opened) {
        try {
            opened.close(CloseOptions.timeout(CLOSE_WITHIN));
        } catch (KafkaException e) {
            log.atWarn().setCause(e).log("a Kafka consumer could not be closed");
        }
    }
}
