package io.sluice.dev;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** A record as one line that is safe to show on a terminal, whatever bytes are in it. */
final class RecordText {
    private static final int LONGEST = 1000;

    private RecordText() {}

    /** {@code orders/0@17 key=key1 {"message":"Hi"}}: topic, partition, offset, the key if there is one, the value. */
    static String of(ConsumerRecord<byte[], byte[]> record) {
        String key = record.key() == null ? "" : " key=" + printable(record.key());
        return record.topic() + "/" + record.partition() + "@" + record.offset() + key + " "
                + printable(record.value());
    }

    /** The bytes as text, without anything that a terminal would obey; a long one is cut. */
    static String printable(byte @Nullable [] bytes) {
        if (bytes == null) {
            return "(null)";
        }
        String whole = new String(bytes, UTF_8);
        StringBuilder text = new StringBuilder();
        whole.codePoints().limit(LONGEST).forEach(point -> append(text, point));
        boolean cut = whole.codePointCount(0, whole.length()) > LONGEST;
        return cut ? text + "… (" + bytes.length + " bytes)" : text.toString();
    }

    private static void append(StringBuilder text, int point) {
        if (isVisible(point)) {
            text.appendCodePoint(point);
        } else {
            text.append(String.format("\\u{%x}", point));
        }
    }

    /** Neither control characters nor what changes the direction or the lines of the text around it. */
    private static boolean isVisible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
