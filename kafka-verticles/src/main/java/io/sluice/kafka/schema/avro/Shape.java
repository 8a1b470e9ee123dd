package io.sluice.kafka.schema.avro;

/** The kinds of JSON values. */
enum Shape {
    NULL("null"),
    BOOLEAN("a boolean"),
    NUMBER("a number"),
    STRING("a string"),
    ARRAY("an array"),
    OBJECT("an object");

    private final String words;

    Shape(String words) {
        this.words = words;
    }

    /** As messages name it. */
    String words() {
        return words;
    }
}
