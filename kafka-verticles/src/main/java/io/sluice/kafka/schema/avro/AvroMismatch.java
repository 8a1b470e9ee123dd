package io.sluice.kafka.schema.avro;

import com.fasterxml.jackson.core.JsonStreamContext;

/**
 * Data that does not fit its schema. The message says where in the data, which type belongs there and what was found
 * instead; it never repeats a value, only names of fields and keys, cut short and in printable ASCII.
 *
 * <p>It has no stack trace: it is an answer to a caller, and must cost no more than one.
 */
public final class AvroMismatch extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_PATH = 200;
    private static final int END_OF_PATH = 100;

    private final String path;
    private final String detail;

    AvroMismatch(String detail) {
        this("", detail);
    }

    private AvroMismatch(String path, String detail) {
        super("$" + path + ": " + detail, null, false, false);
        this.path = path;
        this.detail = detail;
    }

    static AvroMismatch expected(String type, String found) {
        return new AvroMismatch("expected " + type + ", found " + found);
    }

    /** Where in the data: {@code $}, {@code $.items[3].price}. */
    public String path() {
        return "$" + path;
    }

    /** What is wrong there. */
    public String detail() {
        return detail;
    }

    /** The same, seen from the object around. */
    AvroMismatch inMember(String name) {
        return in(Names.segment(name));
    }

    /** The same, seen from the array around. */
    AvroMismatch inItem(int index) {
        return in("[" + index + "]");
    }

    /** The same, for data of which the values before it are written already. */
    AvroMismatch at(JsonStreamContext written) {
        AvroMismatch mismatch = written.inArray() ? inItem(written.getEntryCount()) : inMemberOf(written);
        for (JsonStreamContext outer = written.getParent(); outer != null; outer = outer.getParent()) {
            mismatch = outer.inArray() ? mismatch.inItem(outer.getCurrentIndex()) : mismatch.inMemberOf(outer);
        }
        return mismatch;
    }

    private AvroMismatch inMemberOf(JsonStreamContext object) {
        return object.hasCurrentName() ? inMember(object.getCurrentName()) : this;
    }

    private AvroMismatch in(String segment) {
        String inner = path.length() > LONGEST_PATH ? "..." + path.substring(path.length() - END_OF_PATH) : path;
        return new AvroMismatch(segment + inner, detail);
    }
}
