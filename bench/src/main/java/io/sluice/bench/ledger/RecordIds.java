package io.sluice.bench.ledger;

import java.nio.charset.StandardCharsets;

/** Reads the id back from a record's value: the digits after the first {@code "id":}. */
final class RecordIds {
    private static final byte[] MARK = "\"id\":".getBytes(StandardCharsets.US_ASCII);

    private RecordIds() {}

    /** The number in the value, or -1 if the value holds none. */
    static long numberIn(byte[] value) {
        for (int at = 0; at + MARK.length < value.length; at++) {
            if (startsWithMark(value, at)) {
                return digits(value, at + MARK.length);
            }
        }
        return -1;
    }

    private static boolean startsWithMark(byte[] value, int at) {
        for (int i = 0; i < MARK.length; i++) {
            if (value[at + i] != MARK[i]) {
                return false;
            }
        }
        return true;
    }

    private static long digits(byte[] value, int from) {
        long number = -1;
        for (int at = from; at < value.length && value[at] >= '0' && value[at] <= '9'; at++) {
            number = Math.max(number, 0) * 10 + (value[at] - '0');
        }
        return number;
    }
}
