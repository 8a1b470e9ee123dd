package io.sluice.bench.ledger;

/**
 * What became of the requests of one program.
 *
 * @param acknowledged ids answered 204
 * @param stored ids answered 204 that are in the topic
 * @param missing ids answered 204 that are not in the topic: lost records
 * @param unacknowledged ids in the topic whose request was not answered 204
 * @param duplicates records whose id was in the topic already
 * @param strangers records with an id that was never sent
 */
public record Balance(
        long acknowledged, long stored, long missing, long unacknowledged, long duplicates, long strangers) {
    public static final Balance NOTHING = new Balance(0, 0, 0, 0, 0, 0);

    public Balance plus(Balance other) {
        return new Balance(
                acknowledged + other.acknowledged,
                stored + other.stored,
                missing + other.missing,
                unacknowledged + other.unacknowledged,
                duplicates + other.duplicates,
                strangers + other.strangers);
    }

    /** True if nothing that was acknowledged is missing and nothing is in the topic that was not sent. */
    public boolean clean() {
        return missing == 0 && strangers == 0;
    }

    @Override
    public String toString() {
        return "acknowledged %d, in Kafka %d, missing %d (unacknowledged %d, duplicates %d, strangers %d)"
                .formatted(acknowledged, stored, missing, unacknowledged, duplicates, strangers);
    }
}
