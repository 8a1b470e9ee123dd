package io.sluice.kafka.produce;

import io.sluice.core.message.Failure;
import io.sluice.core.message.InvokeOutcome;
import io.sluice.core.message.InvokeRequest;
import io.sluice.core.message.Reason;
import io.sluice.kafka.client.KafkaFailures;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Takes a call all the way: check, map, make room, send, and say what became of it, exactly once.
 *
 * <p>{@link #send} belongs to the verticle's context; outcomes may arrive on any thread.
 */
final class RecordSender {
    private final String binding;
    private final RecordMapper mapper;
    private final SharedProducer producer;
    private final TopicGate gate;
    private final AckCollector acks;

    RecordSender(String binding, RecordMapper mapper, SharedProducer producer, TopicGate gate, AckCollector acks) {
        this.binding = binding;
        this.mapper = mapper;
        this.producer = producer;
        this.gate = gate;
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
                            : Failure.unsupportedOperation(binding, request.operation()));
            return 0;
        }
        try {
            return submit(call, mapper.map(request));
        } catch (Refusal refusal) {
            refuse(call, refusal.failure());
            return 0;
        }
    }

    private int submit(Call call, ProducerRecord<byte[], byte[]> record) {
        int size = RecordSize.of(record);
        mapper.requireAllowed(size);
        ByteBudget budget = producer.budget();
        if (!budget.tryTake(size)) {
            refuse(call, new Failure(Reason.OVERLOADED, "too many records are on their way to Kafka; try again"));
            return 0;
        }
        gate.pass(new Submission(call, record, size, this));
        return size;
    }

    void refuse(Call call, Failure failure) {
        acks.add(new AckCollector.Settled(call, 0, new InvokeOutcome.Refused(failure)));
    }

    /** The outcome of a record that met {@code error} in {@code used}; a producer that is broken for good is replaced. */
    InvokeOutcome judge(Throwable error, @Nullable Producer<byte[], byte[]> used) {
        if (used != null && KafkaFailures.isFatal(error)) {
            producer.replace(used, error);
        }
        return new InvokeOutcome.Refused(gate.explain(error));
    }

    /** Called once for each submission, with its outcome. */
    void settled(Call call, int bytes, InvokeOutcome outcome) {
        producer.budget().giveBack(bytes);
        acks.add(new AckCollector.Settled(call, bytes, outcome));
    }
}
