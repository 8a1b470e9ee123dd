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

    /**
     * Whether a number comes back with the same digits.
     *
     * @param printed the floating point number nearest to it, as Java writes it
     */
    static boolean isExact(JsonValue number, String printed) {
        BigDecimal exact = Decimals.of(number);
        return exact != null && exact.compareTo(new BigDecimal(printed)) == 0;
    }
}
