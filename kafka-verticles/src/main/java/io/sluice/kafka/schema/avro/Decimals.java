package io.sluice.kafka.schema.avro;

import io.sluice.kafka.schema.avro.JsonValue.Numeral;
import io.sluice.kafka.schema.avro.JsonValue.Text;
import io.sluice.kafka.schema.avro.JsonValue.Whole;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Numbers of the decimal system, as many digits as they have. */
final class Decimals {
    /** {@link JsonLimits#MOST_DIGITS} digits in bits, and the sign. */
    private static final int MOST_BITS = (int) (JsonLimits.MOST_DIGITS * 3.33);

    private Decimals() {}

    /**
     * The number that a JSON number or a text is.
     *
     * @return null when it is none, or one beyond a limit
     */
    static @Nullable BigDecimal of(JsonValue value) {
        if (value instanceof Whole whole) {
            return BigDecimal.valueOf(whole.value());
        }
        if (value instanceof Numeral numeral) {
            return parse(numeral.text());
        }
        return value instanceof Text text ? parse(text.value()) : null;
    }

    /** Without trailing zeros; null when its exponent is out of bounds. */
    static @Nullable BigDecimal shortest(BigDecimal number) {
        try {
            return number.stripTrailingZeros();
        } catch (ArithmeticException e) {
            return null;
        }
    }

    private static @Nullable BigDecimal parse(String number) {
        try {
            return number.length() <= JsonLimits.MOST_DIGITS ? new BigDecimal(number) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Two's complement, to a number of bounded length: turning it into digits takes longer than linear time. */
    static BigInteger unscaled(byte[] bytes) throws AvroMismatch {
        if (bytes.length == 0) {
            throw new AvroMismatch("malformed Avro data: a decimal without bytes");
        }
        var unscaled = new BigInteger(bytes);
        if (unscaled.bitLength() > MOST_BITS) {
            throw new AvroMismatch("a decimal of more than " + JsonLimits.MOST_DIGITS + " digits");
        }
        return unscaled;
    }
}
