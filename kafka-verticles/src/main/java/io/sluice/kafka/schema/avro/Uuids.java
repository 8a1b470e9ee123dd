package io.sluice.kafka.schema.avro;

import io.sluice.kafka.schema.avro.JsonValue.Text;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The text of UUIDs, as RFC 4122 writes it; {@link UUID#fromString} takes less. */
final class Uuids {
    private static final int LENGTH = 36;
    private static final Pattern FORM = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private Uuids() {}

    /**
     * @return null when this is no such text
     */
    static @Nullable UUID parse(JsonValue value) {
        boolean isUuid = value instanceof Text text
                && text.value().length() == LENGTH
                && FORM.matcher(text.value()).matches();
        return isUuid ? UUID.fromString(((Text) value).value()) : null;
    }
}
