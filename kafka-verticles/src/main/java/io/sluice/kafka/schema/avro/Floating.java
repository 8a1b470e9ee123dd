package io.sluice.kafka.schema.avro;

import io.sluice.kafka.schema.avro.JsonValue.Numeral;
import io.sluice.kafka.schema.avro.JsonValue.Text;
import io.sluice.kafka.schema.avro.JsonValue.Whole;
import java.math.BigDecimal;
import java.util.Set;

/** What float and double have in common. */
final class Floating {
    /** As Jackson and Java write them. */
    private static final Set<String> NO_NUMBERS = Set.of("NaN", "Infinity", "-Infinity");

    private Floating() {}

    static boolean isNoNumber(JsonValue value) {
        return value instanceof Text text && NO_NUMBERS.contains(text.value());
    }

    /** Of a number, or of what is none. */
    static String text(JsonValue value) {
        if (value instanceof Whole whole) {
            return Long.toString(whole.value());
        }
        return value instanceof Numeral numeral ? numeral.text() : ((Text) value).value();
    }

    /** Whether a number is written as floating point numbers are. */
    static boolean hasFraction(Numeral numeral) {
        return numeral.text().chars().anyMatch(c -> c == '.' || c == 'e' || c == 'E');
    }

    /** Whether a whole number is the same as the floating point number that is nearest to it. */
    static boolean isExact(JsonValue whole, double nearest) {
        return new BigDecimal(text(whole)).compareTo(new BigDecimal(nearest)) == 0;
    }

    static String misfit(JsonValue value) {
        return value.shape() == Shape.NUMBER ? "a number out of its range" : value.shape().words();
    }
}
