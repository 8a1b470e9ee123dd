package io.sluice.bench.ledger;

/**
 * What became of the records produced for one program, or for several.
 *
 * @param delivered records that arrived at the app at least once
 * @param lost records that never arrived
 * @param duplicates arrivals of a record that had arrived before
 * @param outOfOrder first arrivals of a record after a later one of its lane
 * @param overlapping arrivals while another record of the lane was not yet answered
 * @param strangers arrivals of something that was never produced
 */
public record DeliveryBalance(
        long produced, long delivered, long lost, long duplicates, long outOfOrder, long overlapping, long strangers) {
    public static final DeliveryBalance NOTHING = new DeliveryBalance(0, 0, 0, 0, 0, 0, 0);

    public DeliveryBalance plus(DeliveryBalance other) {
        return new DeliveryBalance(
                produced + other.produced,
                delivered + other.delivered,
                lost + other.lost,
                duplicates + other.duplicates,
                outOfOrder + other.outOfOrder,
                overlapping + other.overlapping,
                strangers + other.strangers);
    }

    /** True if every record arrived and the order was kept; a duplicate does no harm. */
    public boolean clean() {
        return lost == 0 && outOfOrder == 0 && overlapping == 0 && strangers == 0;
    }

    @Override
    public String toString() {
        return "produced %d, delivered %d, lost %d, duplicates %d, out of order %d, overlapping %d, strangers %d"
                .formatted(produced, delivered, lost, duplicates, outOfOrder, overlapping, strangers);
    }
}
