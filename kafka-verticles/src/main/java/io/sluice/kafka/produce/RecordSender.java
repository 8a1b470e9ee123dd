package io.sluice.kafka.produce;

import io.sluice.core.message.Failure;
import io.sluice.core.message.InvokeOutcome;
import io.sluice.core.message.InvokeRequest;
import io.sluice.core.message.Reason;
import io.sluice.kafka.client.KafkaFailures;
import io.sluice.kafka.schema.registry.SchemaKey;
import io.sluice.kafka.schema.registry.WriterSchema;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a call all the way: check, map, make room, send, and say what became of it, exactly once.
 *
 * <p>{@link #send} belongs to the verticle's context; outcomes may arrive on any thread.
 */
final class RecordSender {
    private static final Logger log = LoggerFactory.getLogger(RecordSender.class);

    private static final int MOST_ATTEMPTS = 5;

    private final RecordMapper mapper;
    private final SchemaGate schemas;
    private final CallRoom room;
    private final TopicGate gate;
    private final TopicGate againGate;
    private final AckCollector acks;

    /** @param againGate for records that were refused because of others in their batch */
    RecordSender(
            RecordMapper mapper,
            SchemaGate schemas,
            CallRoom room,
            TopicGate gate,
            TopicGate againGate,
            AckCollector acks) {
        this.mapper = mapper;
        this.schemas = schemas;
        this.room = room;
        this.gate = gate;
        this.againGate = againGate;
        this.acks = acks;
    }

    /** Whether a binding has {@code operation}; spelled exactly, as in Dapr. */
    static boolean isSupported(String operation) {
        return InvokeRequest.CREATE.equals(operation);
    }

    /** Returns the bytes that the call holds until it is settled; none when there is no record. */
    int send(Call call, InvokeRequest request) {
        if (!call.supported()) {
            refuse(
                    call,
                    request.operation().isEmpty()
                            ? Failure.operationMissing()
                            : Failure.unsupportedOperation(mapper.binding(), request.operation()));
            return 0;
        }
        try {
            SchemaKey schema = mapper.schema(request);
            ProducerRecord<byte[], byte[]> record = mapper.map(request);
            return schema == null ? submit(call, record) : encode(call, record, schema);
        } catch (Refusal refusal) {
            refuse(call, refusal.failure());
            return 0;
        }
    }

    private int encode(Call call, ProducerRecord<byte[], byte[]> record, SchemaKey key) {
        WriterSchema schema = schemas.known(key);
        if (schema != null) {
            return submit(call, SchemaGate.encoded(record, schema));
        }
        int size = RecordSize.of(record);
        take(call, size);
        schemas.await(key, call, answer -> resume(call, record, size, answer));
        return size;
    }

    /** @param held what the call took before it waited, and holds until it is settled */
    void resume(Call call, ProducerRecord<byte[], byte[]> record, int held, SchemaGate.Answer answer) {
        try {
            ProducerRecord<byte[], byte[]> encoded = SchemaGate.encoded(record, answer.schema());
            mapper.requireAllowed(RecordSize.of(encoded));
            pass(new Submission(call, encoded, held, this, 1));
        } catch (Refusal refusal) {
            settled(call, held, new InvokeOutcome.Refused(refusal.failure()));
        } catch (RuntimeException | Error e) {
            settled(call, held, new InvokeOutcome.Refused(Failure.internal()));
            throw e;
        }
    }

    /** Whatever it meets is thrown only if the submission has not reported yet, and does not any more. */
    private void pass(Submission submission) {
        try {
            gate.pass(submission);
        } catch (RuntimeException | Error e) {
            if (submission.abandon()) {
                throw e;
            }
            log.atError().setCause(e).log("something failed behind a call that has its outcome");
        }
    }

    private int submit(Call call, ProducerRecord<byte[], byte[]> record) {
        int size = RecordSize.of(record);
        mapper.requireAllowed(size);
        take(call, size);
        try {
            pass(new Submission(call, record, size, this, 1));
        } catch (RuntimeException | Error e) {
            room.giveBack(size, call.isCounted());
            throw e;
        }
        return size;
    }

    private void take(Call call, int size) {
        if (!room.tryTake(size, call.isCounted())) {
            throw new Refusal(new Failure(Reason.OVERLOADED, "too many records are on their way to Kafka; try again"));
        }
    }

    void refuse(Call call, Failure failure) {
        acks.add(new AckCollector.Settled(call, 0, new InvokeOutcome.Refused(failure)));
    }

    /** Called at most once for each attempt: what became of the submission, or that it goes on. */
    void failed(Submission submission, TopicGate passed, Producer<byte[], byte[]> used, Throwable error) {
        TopicGate next = submission.attempt() < MOST_ATTEMPTS ? next(passed, used, error) : null;
        if (next == null) {
            submission.end(new InvokeOutcome.Refused(passed.failed(used, error)));
        } else {
            next.passSoon(submission.again());
        }
    }

    /** Where a record that is for sure not stored may be taken, though it was not before; null for nowhere. */
    private @Nullable TopicGate next(TopicGate passed, Producer<byte[], byte[]> used, Throwable error) {
        if (KafkaFailures.isOfOthersInBatch(error)) {
            return againGate;
        }
        return passed.producer().replaceByPlain(used, error) ? passed : null;
    }

    /** Called once for each call that became a submission. */
    void settled(Call call, int bytes, InvokeOutcome outcome) {
        room.giveBack(bytes, call.isCounted());
        acks.add(new AckCollector.Settled(call, bytes, outcome));
    }
}
