package io.sluice.kafka.consume;

import io.sluice.core.message.Delivery;
import io.sluice.core.message.DeliveryResult;
import io.sluice.kafka.consume.courier.Parcel;
import io.sluice.kafka.consume.progress.Attempt;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record between its dispatch and the result.
 *
 * @param startedAt in nanoseconds of this process
 * @param membership tells, on any thread, whether the partitions are this member's as far as it can know
 * @param landing gets the result
 */
record Flight(
        PartitionLane lane,
        Attempt<ConsumerRecord<byte[], byte[]>> attempt,
        long startedAt,
        BooleanSupplier membership,
        BiConsumer<Flight, DeliveryResult> landing)
        implements Parcel {

    @Override
    public Delivery delivery() {
        return Deliveries.of(attempt.payload());
    }

    @Override
    public boolean isWanted() {
        return !lane.isDraining() && membership.getAsBoolean();
    }

    @Override
    public void ended(DeliveryResult result) {
        landing.accept(this, result);
    }
}
