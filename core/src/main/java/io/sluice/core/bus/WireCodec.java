package io.sluice.core.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Hands an immutable message to a handler of the same process as it is, and writes it for one of another member of the
 * cluster: a byte with the version of the form, then the message.
 */
final class WireCodec<T> implements MessageCodec<T, T> {
    private static final byte VERSION = 1;

    private final Class<T> type;
    private final BiConsumer<Buffer, T> writer;
    private final Function<WireReader, T> reader;

    WireCodec(Class<T> type, BiConsumer<Buffer, T> writer, Function<WireReader, T> reader) {
        this.type = type;
        this.writer = writer;
        this.reader = reader;
    }

    @Override
    public void encodeToWire(Buffer buffer, T message) {
        buffer.appendByte(VERSION);
        writer.accept(buffer, message);
    }

    @Override
    public T decodeFromWire(int position, Buffer buffer) {
        byte version = buffer.getByte(position);
        if (version != VERSION) {
            throw new IllegalArgumentException(
                    type.getSimpleName() + " in form " + version + ", only form " + VERSION + " is known here");
        }
        return reader.apply(new WireReader(buffer, position + 1));
    }

    @Override
    public T transform(T message) {
        return message;
    }

    @Override
    public String name() {
        return "sluice." + type.getSimpleName();
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
