package io.sluice.core.component.field;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One field of a component: all that is to be known about it, for reading, for messages and for the reference table.
 *
 * @param defaultText what counts when the field is not set, in the field's own syntax; null for nothing
 * @param traits what only messages and the reference table need
 */
public record Field<T>(
        String name, FieldType<T> type, @Nullable String defaultText, Traits traits) {

    /** Where a field comes from. */
    public enum Origin {
        SEED("seed"),
        DAPR("newer Dapr"),
        SLUICE("Sluice");

        private final String label;

        Origin(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /** Which side of a binding a field is for. */
    public enum Use {
        INPUT("input"),
        OUTPUT("output"),
        BOTH("input, output");

        private final String label;

        Use(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /**
     * @param aliases other names; the field's own name wins over them
     * @param effectComesWith the feature that a field which is so far only read and validated waits for, empty when the
     *     field works
     * @param defaultNote the default in words, where it depends on other fields
     * @param wrong message about a wrong value, with {@code %s} where the value goes
     */
    public record Traits(
            List<String> aliases,
            Origin origin,
            Use use,
            String effectComesWith,
            String defaultNote,
            String wrong,
            String meaning) {}

    /** A field of the seed document. */
    public static <T> FieldBuilder<T> seed(String name, FieldType<T> type) {
        return new FieldBuilder<>(name, type, Origin.SEED);
    }

    /** A field that newer versions of Dapr have. */
    public static <T> FieldBuilder<T> dapr(String name, FieldType<T> type) {
        return new FieldBuilder<>(name, type, Origin.DAPR);
    }

    /** A field that only Sluice has; Dapr ignores it. */
    public static <T> FieldBuilder<T> sluice(String name, FieldType<T> type) {
        return new FieldBuilder<>(name, type, Origin.SLUICE);
    }

    /** The value of {@link #defaultText}; an {@link IllegalStateException} when there is none. */
    public T parsedDefault() {
        if (defaultText == null) {
            throw new IllegalStateException(name + " has no default");
        }
        return type.parse(defaultText).orElseThrow();
    }
}
