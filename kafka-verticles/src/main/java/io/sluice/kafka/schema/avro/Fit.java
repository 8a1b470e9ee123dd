package io.sluice.kafka.schema.avro;

/**
 * How far a JSON value, with all that is in it, is from the JSON that a type would be read back in; the less, the better.
 *
 * @param distance what is lost in each value, summed up: one that is rounded weighs as much as a million that are only written in
 *     another way
 */
record Fit(long distance) {
    /** As the type is read back. */
    static final Fit EXACT = new Fit(0);

    /** A float that is read back with the same digits, but is another number than a double of these digits. */
    static final Fit NARROW = new Fit(1);

    /** In another notation: ISO 8601 for a number, an alias, a field left to its default. */
    static final Fit CONVERTED = new Fit(1L << 20);

    /** A double that has lost digits. */
    static final Fit ROUNDED = new Fit(1L << 40);

    /** A float that has lost digits. */
    static final Fit COARSE = new Fit(1L << 41);

    /** Not at all. */
    static final Fit NONE = new Fit(Long.MAX_VALUE);

    private static final long FARTHEST = 1L << 61;

    /** The fit of a whole whose parts fit so. */
    Fit and(Fit other) {
        if (isNone() || other.isExact()) {
            return this;
        }
        return isExact() || other.isNone() ? other : new Fit(Math.min(distance + other.distance, FARTHEST));
    }

    boolean isExact() {
        return distance == 0;
    }

    boolean isNone() {
        return distance == NONE.distance;
    }

    boolean isBetterThan(Fit other) {
        return distance < other.distance;
    }

    /** {@link #EXACT} or not at all. */
    static Fit exactIf(boolean fits) {
        return fits ? EXACT : NONE;
    }
}
