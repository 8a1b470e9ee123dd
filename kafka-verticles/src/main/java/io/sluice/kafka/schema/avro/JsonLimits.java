package io.sluice.kafka.schema.avro;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;

/** Jackson with limits that keep a hostile text or a hostile schema from the stack and the heap. */
final class JsonLimits {
    /** How deep values may be nested, in JSON and in schemas. */
    static final int MOST_LEVELS = 500;

    /** How many digits a number may have, Jackson's own default. */
    static final int MOST_DIGITS = StreamReadConstraints.DEFAULT_MAX_NUM_LEN;

    /** Names are the client's: they are not kept in the JVM's table of strings. */
    static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MOST_LEVELS)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .streamWriteConstraints(StreamWriteConstraints.builder()
                    .maxNestingDepth(MOST_LEVELS)
                    .build())
            .build();

    private static final long LEAST_SIZE = 1 << 20;
    private static final int GROWTH = 64;

    private JsonLimits() {}

    /**
     * How many bytes may come out of so many bytes: defaults, names of fields and values of no length can make much out of
     * little, but no honest schema makes more than this.
     */
    static int mostBytes(int input) {
        return (int) Math.min(Integer.MAX_VALUE - Byte.SIZE, LEAST_SIZE + (long) GROWTH * input);
    }
}
