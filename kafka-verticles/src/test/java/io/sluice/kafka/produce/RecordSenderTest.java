package io.sluice.kafka.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.core.budget.ByteBudget;
import io.sluice.core.message.Failure;
import io.sluice.core.message.InvokeOutcome.Refused;
import io.sluice.kafka.produce.AckCollector.Settled;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RecordSenderTest {
    private static final int SIZE = 100;

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final List<Settled> settled = new CopyOnWriteArrayList<>();
    private final ByteBudget calls = new ByteBudget(1_000_000);
    private final CallRoom room = new CallRoom(1_000_000, calls);
    /** What it meets comes before any gate. */
    private final RecordSender sender = new RecordSender(
            new RecordMapper(Bindings.with().binding()),
            new SchemaGate(context, null),
            room,
            null,
            null,
            new AckCollector(context, settled::addAll));

    @AfterEach
    void close() throws Exception {
        OutputHarness.await(vertx.close());
    }

    @Test
    void aRecordThatMeetsAnErrorWhileItIsEncodedIsAnsweredAtOnceAndHoldsNothing() {
        var call = new Call((id, outcome, mail) -> {}, null, 1, true, 0);
        assertThat(room.tryTake(SIZE, call.isCounted())).isTrue();

        assertThatThrownBy(() -> sender.resume(call, new ProducerRecord<>("orders-topic", new byte[0]), SIZE, () -> {
                    throw new OutOfMemoryError("for a test");
                }))
                .isInstanceOf(OutOfMemoryError.class);

        await().until(() -> settled.size() == 1);
        assertThat(settled.get(0).call()).isSameAs(call);
        assertThat(settled.get(0).outcome()).isEqualTo(new Refused(Failure.internal()));
        assertThat(calls.reserved()).isZero();
    }
}
