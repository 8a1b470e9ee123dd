package io.sluice.kafka.consume.poll;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the poller's thread does again and again with its consumer. Belongs to that thread. */
final class PollTurns {
    private static final Logger log = LoggerFactory.getLogger(PollTurns.class);
    private static final Duration POLL = Duration.ofSeconds(1);

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final GroupMember member;
    private final PollEvents events;
    private final PollSignal signal;
    private final PollMemory memory;
    private final boolean afterError;
    private final Pausing pausing;
    private final UnreadablePartitions unreadable;
    private final Semaphore handOver = new Semaphore(1);
    private long given;

    /**
     * @param mostRecords as {@link Pausing} has it
     * @param afterError as {@link ConsumerPoller} has it
     */
    PollTurns(
            Consumer<byte[], byte[]> consumer,
            String topic,
            GroupMember member,
            PollEvents events,
            PollSignal signal,
            PollMemory memory,
            int mostRecords,
            boolean afterError) {
        this.consumer = consumer;
        this.topic = topic;
        this.member = member;
        this.events = events;
        this.signal = signal;
        this.memory = memory;
        this.afterError = afterError;
        this.pausing = new Pausing(consumer, mostRecords, System::nanoTime);
        this.unreadable = new UnreadablePartitions(consumer, events, System::nanoTime);
    }

    /**
     * What was wanted by now, and a poll.
     *
     * @param closing whether this is the last turn
     */
    void next(Queue<PollCommand> commands, BooleanSupplier closing) throws InterruptedException {
        signal.turnBegins();
        for (PollCommand next = commands.poll(); next != null; next = commands.poll()) {
            next.run(member, unreadable);
        }
        member.start();
        long wait = pausing.beforePoll(unreadable.readable(member.running()));
        if (wait > 0) {
            waitForRoom(wait);
            return;
        }
        ConsumerRecords<byte[], byte[]> records = poll();
        if (!records.nextOffsets().isEmpty()) {
            give(records, closing);
        }
    }

    /** A wait without a poll would leave commits unheard of, and the next ones wait for them. */
    private void waitForRoom(long nanos) throws InterruptedException {
        if (member.commits().areUnderWay()) {
            signal.asleep();
            member.commits().hear(Duration.ofNanos(nanos));
            signal.busy();
        } else {
            signal.await(nanos);
        }
    }

    private ConsumerRecords<byte[], byte[]> poll() {
        memory.begin();
        signal.asleep();
        try {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            signal.busy();
            pausing.polled(records.count());
            unreadable.polled(records);
            return records;
        } catch (WakeupException e) {
            pausing.woken();
        } catch (OffsetOutOfRangeException e) {
            signal.busy();
            member.goOnAfter(e);
        } catch (KafkaException | LinkageError | OutOfMemoryError e) {
            signal.busy();
            // Memory may have been short for any reason, and the poll has lost what it read before an Error.
            boolean mayBeOfARecord = afterError || !(e instanceof Error);
            if (!mayBeOfARecord || !unreadable.failed(e, member.running())) {
                throw e;
            }
        } finally {
            signal.busy();
        }
        return ConsumerRecords.empty();
    }

    private void give(ConsumerRecords<byte[], byte[]> polled, BooleanSupplier closing) throws InterruptedException {
        while (!handOver.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
            if (closing.getAsBoolean()) {
                return;
            }
            log.atWarn().addKeyValue("topic", topic).log("records wait to be taken: the event loop is blocked");
        }
        // Until the windows of their partitions count them.
        long bytes = memory.handOver();
        events.polled(given++, polled, () -> {
            memory.release(bytes);
            handOver.release();
        });
    }
}
