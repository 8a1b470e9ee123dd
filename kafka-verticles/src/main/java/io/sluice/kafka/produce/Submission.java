package io.sluice.kafka.produce;

import io.sluice.core.bus.InvokeWithdrawal;
import io.sluice.core.message.Failure;
import io.sluice.core.message.InvokeOutcome;
import io.sluice.kafka.client.KafkaFailures;
import io.sluice.kafka.client.NetworkThread;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.DisconnectException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt to send a record on its way from the call to its one outcome.
 *
 * <p>A send may report twice: an idempotent producer in a fatal state first queues the record, then throws, and calls back
 * when it gives up the queue. The first report counts. Reports come on the verticle's thread or on Kafka's.
 */
final class Submission implements Callback {
    private static final Logger log = LoggerFactory.getLogger(Submission.class);

    private final Call call;
    private final ProducerRecord<byte[], byte[]> record;
    private final int size;
    private final RecordSender sender;
    private final int attempt;
    private final AtomicBoolean reported = new AtomicBoolean();

    private @Nullable TopicGate gate;
    /** Who is just handing the record over. */
    private volatile @Nullable Thread sending;

    private @Nullable Producer<byte[], byte[]> producer;

    /** @param attempt 1 for the first */
    Submission(Call call, ProducerRecord<byte[], byte[]> record, int size, RecordSender sender, int attempt) {
        this.call = call;
        this.record = record;
        this.size = size;
        this.sender = sender;
        this.attempt = attempt;
    }

    /** The next attempt, when this one has failed. */
    Submission again() {
        return new Submission(call, record, size, sender, attempt + 1);
    }

    int attempt() {
        return attempt;
    }

    ProducerRecord<byte[], byte[]> record() {
        return record;
    }

    int size() {
        return size;
    }

    /** Hands the record to {@code through}; whatever happens, it is reported to {@link RecordSender}. */
    void sendWith(Producer<byte[], byte[]> through, TopicGate passed) {
        gate = passed;
        producer = through;
        call.handedOver(this);
        sending = Thread.currentThread();
        try {
            var unused = through.send(record, this);
        } catch (Throwable e) {
            // An Error too: a compression library that cannot be loaded, say. The caller is owed an answer, and those
            // behind it their turn.
            fail(e);
        } finally {
            sending = null;
        }
    }

    /** Reports that nothing is known of the record if nothing will be heard of it any more. */
    void failIfForsaken() {
        Producer<byte[], byte[]> used = producer;
        if (used != null && NetworkThread.hasEnded(used)) {
            fail(new DisconnectException("the producer's network thread has ended; the record may be stored or not"));
        }
    }

    /** Whether the caller is gone; if so, this ends here. Only for a submission that still waits. */
    boolean isWithdrawn(InvokeWithdrawal gone) {
        boolean withdrawn = call.isWithdrawn(gone);
        if (withdrawn) {
            refuse(Call.WITHDRAWN);
        }
        return withdrawn;
    }

    void refuse(Failure failure) {
        report(new InvokeOutcome.Refused(failure));
    }

    @Override
    public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception error) {
        try {
            completed(metadata, error);
        } catch (Error e) {
            // It would end Kafka's thread, and the producer would send nothing more without a word.
            log.atError().addKeyValue("topic", record.topic()).setCause(e).log("a call could not be answered");
        }
    }

    private void completed(@Nullable RecordMetadata metadata, @Nullable Exception error) {
        if (error != null || metadata == null) {
            fail(error == null ? new IllegalStateException("neither metadata nor an error") : error);
        } else {
            long offset = metadata.hasOffset() ? metadata.offset() : -1;
            report(new InvokeOutcome.Stored(record.topic(), metadata.partition(), offset));
        }
    }

    private void fail(Throwable error) {
        if (!reported.compareAndSet(false, true)) {
            return;
        }
        TopicGate passed = Objects.requireNonNull(gate);
        Producer<byte[], byte[]> used = Objects.requireNonNull(producer);
        if (sending == Thread.currentThread() && KafkaFailures.isUnknownToSend(error)) {
            passed.notTaken(again(), used, error);
        } else {
            sender.failed(this, passed, used, error);
        }
    }

    /** The attempt is not made: whatever comes of it is not reported. False when it was reported already. */
    boolean abandon() {
        return reported.compareAndSet(false, true);
    }

    private void report(InvokeOutcome outcome) {
        if (reported.compareAndSet(false, true)) {
            end(outcome);
        }
    }

    /** For whoever was told that this attempt failed, and makes no other one. */
    void end(InvokeOutcome outcome) {
        sender.settled(call, size, outcome);
    }
}
