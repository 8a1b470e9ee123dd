package io.sluice.kafka.schema.avro;

/**
 * A schema that is none, or that is beyond a limit. The message says why; it repeats names of the schema, cut short and in
 * printable ASCII.
 */
public final class InvalidSchemaException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidSchemaException(String message) {
        super(message, null, false, false);
    }
}
