package io.sluice.kafka.schema.avro;

/** How well a JSON value fits a type; the better, the later. */
enum Fit {
    /** Not at all. */
    NONE,
    /** Rounded, or in another notation than the type is read in: with an alias, or without a field that has a default. */
    CONVERTED,
    /** As this type is written in JSON, and nothing is lost. */
    EXACT;

    /** The fit of a whole whose parts fit so. */
    Fit and(Fit other) {
        return compareTo(other) < 0 ? this : other;
    }

    /** {@link #EXACT} or not at all. */
    static Fit exactIf(boolean fits) {
        return fits ? EXACT : NONE;
    }
}
