package io.sluice.kafka.schema.avro;

/** How Avro's types look in JSON. */
enum JsonForm {
    /**
     * Unions bare, logical types readable. The default, and as far as it is sound what Dapr takes and gives: numbers for
     * dates and times (their ISO 8601 text is taken too), strings of characters up to U+00FF for bytes.
     *
     * <p>A decimal is given as a JSON number with all its digits, and taken as a number or its text. It is not given as
     * text: clients send numbers, and JSON numbers have no limit of digits.
     */
    PLAIN(false, true),

    /** The JSON encoding of Avro's specification: unions name their branch, logical types look like their base. */
    AVRO_JSON(true, false),

    /** How a schema writes the defaults of fields: unions bare, logical types like their base. */
    DEFAULT(false, false);

    private final boolean namesBranches;
    private final boolean readsLogicalTypes;

    JsonForm(boolean namesBranches, boolean readsLogicalTypes) {
        this.namesBranches = namesBranches;
        this.readsLogicalTypes = readsLogicalTypes;
    }

    /** Whether a value of a union is wrapped in an object that names its branch. */
    boolean namesBranches() {
        return namesBranches;
    }

    /** Whether a logical type has a form of its own. */
    boolean readsLogicalTypes() {
        return readsLogicalTypes;
    }
}
