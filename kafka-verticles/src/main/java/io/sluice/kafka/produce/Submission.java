package io.sluice.kafka.produce;

import io.sluice.core.message.Failure;
import io.sluice.core.message.InvokeOutcome;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * A record on its way, from the call to its one outcome.
 *
 * <p>A send may report twice: an idempotent producer in a fatal state first queues the record, then throws, and calls back
 * when it gives up the queue. The first report counts. Reports come on the verticle's thread or on Kafka's.
 */
final class Submission implements Callback {
    private final Call call;
    private final ProducerRecord<byte[], byte[]> record;
    private final int size;
    private final RecordSender sender;
    private final AtomicBoolean settled = new AtomicBoolean();

    private @Nullable Producer<byte[], byte[]> producer;

    Submission(Call call, ProducerRecord<byte[], byte[]> record, int size, RecordSender sender) {
        this.call = call;
        this.record = record;
        this.size = size;
        this.sender = sender;
    }

    ProducerRecord<byte[], byte[]> record() {
        return record;
    }

    int size() {
        return size;
    }

    /** Hands the record to {@code producer}; whatever happens, it ends in an outcome. */
    void sendWith(Producer<byte[], byte[]> through) {
        producer = through;
        try {
            var unused = through.send(record, this);
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    void refuse(Failure failure) {
        settle(new InvokeOutcome.Refused(failure));
    }

    @Override
    public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception error) {
        if (error != null || metadata == null) {
            fail(error == null ? new IllegalStateException("neither metadata nor an error") : error);
        } else {
            long offset = metadata.hasOffset() ? metadata.offset() : -1;
            settle(new InvokeOutcome.Stored(record.topic(), metadata.partition(), offset));
        }
    }

    void fail(Throwable error) {
        settle(sender.judge(error, producer));
    }

    private void settle(InvokeOutcome outcome) {
        if (settled.compareAndSet(false, true)) {
            sender.settled(call, size, outcome);
        }
    }
}
