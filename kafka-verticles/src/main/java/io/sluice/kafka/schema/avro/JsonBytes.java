package io.sluice.kafka.schema.avro;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** JSON text that grows, up to a limit. */
final class JsonBytes extends OutputStream {
    private final ByteArrayOutputStream bytes;
    private final int most;

    /**
     * @param input how many bytes it is made of
     */
    JsonBytes(int input) {
        this.most = JsonLimits.mostBytes(input);
        this.bytes = new ByteArrayOutputStream(Math.max(32, input));
    }

    @Override
    public void write(int b) throws IOException {
        requireRoom(1);
        bytes.write(b);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        requireRoom(length);
        bytes.write(source, offset, length);
    }

    byte[] toByteArray() {
        return bytes.toByteArray();
    }

    private void requireRoom(int length) throws IOException {
        if (length > most - bytes.size()) {
            throw new FullException(most);
        }
    }

    /** There is no room for more. */
    static final class FullException extends IOException {
        private static final long serialVersionUID = 1L;

        FullException(int most) {
            super("the JSON of this Avro data would be larger than " + most + " bytes");
        }
    }
}
