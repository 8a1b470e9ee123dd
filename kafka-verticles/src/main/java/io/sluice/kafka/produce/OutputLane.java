package io.sluice.kafka.produce;

import io.sluice.core.binding.KafkaBinding;
import io.sluice.core.bus.InvokeBatch;
import io.sluice.core.bus.InvokeWithdrawal;
import io.sluice.core.health.Overload;
import io.sluice.core.message.Failure;
import io.sluice.core.message.InvokeOutcome;
import io.sluice.core.message.InvokeRequest;
import io.sluice.core.message.Reason;
import io.sluice.kafka.client.Cluster;
import io.sluice.kafka.client.KafkaFailures;
import io.sluice.kafka.produce.AckCollector.Settled;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The calls of one binding between their arrival and their outcome. Belongs to the verticle's context. */
final class OutputLane {
    private static final Duration WAIT_FOR_METADATA = Duration.ofSeconds(5);

    private final Context context;
    private final OutputMetrics metrics;
    private final OutcomeMail mail;
    private final TopicGate gate;
    private final TopicGate againGate;
    private final SchemaGate schemas;
    private final RecordSender sender;
    private final Overload overload;
    private final boolean hasTopic;
    private final OpenCalls open = new OpenCalls();
    private final Promise<Void> empty = Promise.promise();

    private long bytesInFlight;
    private boolean closing;
    private boolean ending;

    OutputLane(Context context, Producing producing, OutputMetrics metrics) {
        KafkaBinding binding = producing.binding();
        ProducerPair producers = producing.producers();
        this.context = context;
        this.metrics = metrics;
        this.overload = new Overload("binding", binding.name());
        this.mail = new OutcomeMail(context.owner().eventBus());
        String topic = binding.publishTopic() == null ? "" : binding.publishTopic();
        this.hasTopic = !topic.isEmpty();
        var failures = new KafkaFailures(Cluster.of(binding), "publishTopic", topic);
        Duration timeout = binding.connection().metadataTimeout();
        Duration patience = timeout.isZero() ? WAIT_FOR_METADATA : timeout;
        this.gate = new TopicGate(context, producers.first(), topic, patience, failures, producing.health());
        this.againGate = new TopicGate(context, producers.again(), topic, patience, failures, producing.health());
        var acks = new AckCollector(context, this::deliver);
        this.schemas = new SchemaGate(context, producing.registry());
        this.sender = new RecordSender(new RecordMapper(binding), schemas, producers.room(), gate, againGate, acks);
        if (!hasTopic) {
            producing.health().topicKnown();
        }
    }

    /** Succeeds when records go through, or after {@code timeout}; opening goes on after that. */
    Future<Void> open(Duration timeout) {
        if (!hasTopic) {
            return Future.succeededFuture();
        }
        Promise<Void> opened = Promise.promise();
        context.owner().setTimer(Math.max(1, timeout.toMillis()), timer -> opened.tryComplete());
        gate.open().onComplete(v -> opened.tryComplete());
        return opened.future();
    }

    /** Sends the calls of a batch, to be answered at its address, each when its outcome is known. */
    void accept(InvokeBatch batch) {
        long now = System.nanoTime();
        look(now);
        long bytesBefore = bytesInFlight;
        String address = batch.replyTo();
        Recipient recipient = (id, outcome, letters) -> letters.add(address, id, outcome);
        for (int i = 0; i < batch.size(); i++) {
            accept(batch.request(i), recipient, address, batch.id(i), now);
        }
        metrics.bytesInFlight(bytesInFlight - bytesBefore);
    }

    /** Sends one call. */
    void accept(InvokeRequest request, Recipient recipient) {
        long now = System.nanoTime();
        look(now);
        long bytesBefore = bytesInFlight;
        accept(request, recipient, null, 0, now);
        metrics.bytesInFlight(bytesInFlight - bytesBefore);
    }

    private void look(long now) {
        gate.look(now);
        againGate.look(now);
        boolean first = gate.isForsaken();
        boolean again = againGate.isForsaken();
        if (first || again) {
            open.endForsaken();
        }
    }

    /** Refuses the calls of these callers, as far as they have not been handed to Kafka. */
    void withdraw(InvokeWithdrawal gone) {
        schemas.withdraw(gone);
        gate.withdraw(gone);
        againGate.withdraw(gone);
    }

    private void accept(InvokeRequest request, Recipient recipient, @Nullable String replyTo, long id, long now) {
        var call = new Call(recipient, replyTo, id, RecordSender.isSupported(request.operation()), now);
        open.add(call);
        if (closing) {
            sender.refuse(call, new Failure(Reason.CLOSED, "component is closed"));
        } else {
            bytesInFlight += send(call, request);
        }
    }

    /** A call that meets an error of our own is answered all the same, and those behind it have their turn. */
    private int send(Call call, InvokeRequest request) {
        try {
            return sender.send(call, request);
        } catch (RuntimeException | Error e) {
            sender.refuse(call, Failure.internal());
            context.runOnContext(v -> {
                // Nobody catches it here, so it is heard of as any other error of ours.
                throw new IllegalStateException("a call could not be made a record", e);
            });
            return 0;
        }
    }

    private void deliver(List<Settled> settled) {
        long now = System.nanoTime();
        long bytesBefore = bytesInFlight;
        for (Settled one : settled) {
            Call call = one.call();
            open.remove(call);
            call.answer(one.outcome(), mail);
            boolean stored = one.outcome() instanceof InvokeOutcome.Stored;
            metrics.called(call.supported(), stored, now - call.startedAt());
            tell(one.outcome(), now);
            bytesInFlight -= one.bytes();
        }
        metrics.bytesInFlight(bytesInFlight - bytesBefore);
        mail.send();
        if (ending && open.isEmpty()) {
            empty.tryComplete();
        }
    }

    private void tell(InvokeOutcome outcome, long now) {
        if (outcome instanceof InvokeOutcome.Stored) {
            overload.accepted(now);
        } else if (outcome instanceof InvokeOutcome.Refused refused
                && refused.failure().reason() == Reason.OVERLOADED) {
            metrics.overloaded();
            overload.refused(now);
        }
    }

    /** Refuses new calls from here on; succeeds when all others have their outcome, or after {@code timeout}. */
    Future<Void> close(Duration timeout) {
        closing = true;
        schemas.shut();
        gate.shut();
        return end(timeout).onSuccess(v -> againGate.shut());
    }

    /** For when no calls come any more: as {@link #close}, but those that wait for their topic may wait on. */
    Future<Void> finish(Duration timeout) {
        return end(timeout).onSuccess(v -> {
            schemas.shut();
            gate.shut();
            againGate.shut();
        });
    }

    private Future<Void> end(Duration timeout) {
        ending = true;
        if (open.isEmpty()) {
            empty.tryComplete();
        }
        context.owner().setTimer(timeout.toMillis(), timer -> empty.tryComplete());
        return empty.future();
    }
}
