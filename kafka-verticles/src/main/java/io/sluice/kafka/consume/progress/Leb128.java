package io.sluice.kafka.consume.progress;

import java.nio.ByteBuffer;

/** Numbers in as few bytes as they need, seven bits to a byte, the lowest first (the unsigned LEB128 of DWARF). */
final class Leb128 {
    private static final int MAX_BITS = 63;

    private Leb128() {}

    static int size(long value) {
        return Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + 6) / 7);
    }

    static void write(ByteBuffer out, long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    /**
     * @throws java.nio.BufferUnderflowException when the number is cut off
     * @throws IllegalArgumentException when it is longer than any that {@link #write} writes
     */
    static long read(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift <= MAX_BITS; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number of more than 64 bits");
    }
}
