package io.sluice.kafka.schema.avro;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.io.BinaryData;

/** Avro data that grows, up to a limit; of one call. */
final class AvroOutput {
    private static final int LONGEST_NUMBER = 10;
    private static final byte[] REPLACEMENT = "\uFFFD".getBytes(StandardCharsets.UTF_8);

    private final Choices choices = new Choices();
    private final int most;
    private byte[] bytes;
    private int size;
    private int depth;
    private int steps;

    /**
     * @param prefix how many bytes are left free in front
     * @param input how many bytes of JSON it is made of
     */
    AvroOutput(int prefix, int input) {
        this.most = JsonLimits.mostBytes(input);
        this.bytes = new byte[prefix + input + LONGEST_NUMBER];
        this.size = prefix;
    }

    /** Which branches the values of this call belong to. */
    Choices choices() {
        return choices;
    }

    void writeBoolean(boolean value) throws AvroMismatch {
        requireRoom(1);
        size += BinaryData.encodeBoolean(value, bytes, size);
    }

    /** An int, too: both have the same form. */
    void writeLong(long value) throws AvroMismatch {
        requireRoom(LONGEST_NUMBER);
        size += BinaryData.encodeLong(value, bytes, size);
    }

    void writeFloat(float value) throws AvroMismatch {
        requireRoom(Float.BYTES);
        size += BinaryData.encodeFloat(value, bytes, size);
    }

    void writeDouble(double value) throws AvroMismatch {
        requireRoom(Double.BYTES);
        size += BinaryData.encodeDouble(value, bytes, size);
    }

    /** Half a surrogate pair becomes U+FFFD, as in Go. */
    void writeString(String value) throws AvroMismatch {
        boolean isPlain = value.chars().noneMatch(c -> Character.isSurrogate((char) c));
        writeBytes(isPlain ? value.getBytes(StandardCharsets.UTF_8) : replacing(value));
    }

    private static byte[] replacing(String value) {
        try {
            ByteBuffer utf8 = StandardCharsets.UTF_8
                    .newEncoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .replaceWith(REPLACEMENT)
                    .encode(CharBuffer.wrap(value));
            return Arrays.copyOf(utf8.array(), utf8.limit());
        } catch (CharacterCodingException e) {
            throw new IllegalStateException("every text has its UTF-8", e);
        }
    }

    void writeBytes(byte[] value) throws AvroMismatch {
        writeLong(value.length);
        writeFixed(value);
    }

    void writeFixed(byte[] value) throws AvroMismatch {
        requireRoom(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
    }

    /** Enters an array, a map or a record. */
    void enter() throws AvroMismatch {
        step();
        if (++depth > JsonLimits.MOST_LEVELS) {
            throw new AvroMismatch("nested deeper than " + JsonLimits.MOST_LEVELS + " levels");
        }
    }

    void leave() {
        depth--;
    }

    /** Counts what may come out of nothing: a schema's defaults can be many, and without a byte of output. */
    void step() throws AvroMismatch {
        if (++steps > most) {
            throw tooLarge();
        }
    }

    byte[] toByteArray() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    private void requireRoom(int length) throws AvroMismatch {
        if (length > bytes.length - size) {
            if (length > most - size) {
                throw tooLarge();
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(most, 2L * (size + length)));
        }
    }

    private AvroMismatch tooLarge() {
        return new AvroMismatch("the Avro data of this JSON would be larger than " + most + " bytes");
    }
}
