package io.sluice.kafka.schema.avro;

import java.util.List;

/** JSON text as a tree. Numbers keep their text, so that nothing is lost before the schema says what they are. */
sealed interface JsonValue {
    Shape shape();

    /** {@code null}. */
    enum Nothing implements JsonValue {
        NULL;

        @Override
        public Shape shape() {
            return Shape.NULL;
        }
    }

    /** {@code true} or {@code false}. */
    record Bool(boolean value) implements JsonValue {
        @Override
        public Shape shape() {
            return Shape.BOOLEAN;
        }
    }

    /** A number of digits only, with or without sign, that 64 bits can hold. */
    record Whole(long value) implements JsonValue {
        @Override
        public Shape shape() {
            return Shape.NUMBER;
        }
    }

    /** Any other number, as it stands in the text. */
    record Numeral(String text) implements JsonValue {
        @Override
        public Shape shape() {
            return Shape.NUMBER;
        }
    }

    /** A string, without escapes. */
    record Text(String value) implements JsonValue {
        @Override
        public Shape shape() {
            return Shape.STRING;
        }
    }

    /** An array. */
    record Items(List<JsonValue> values) implements JsonValue {
        @Override
        public Shape shape() {
            return Shape.ARRAY;
        }
    }

    /**
     * An object, its members in the order of the text.
     *
     * @param names as many as values; a name may come twice
     */
    record Members(List<String> names, List<JsonValue> values) implements JsonValue {
        @Override
        public Shape shape() {
            return Shape.OBJECT;
        }
    }
}
