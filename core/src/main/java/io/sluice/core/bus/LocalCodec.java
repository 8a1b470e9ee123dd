package io.sluice.core.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/**
 * Hands an immutable message to a handler of the same process as it is. Such a message never leaves the process: senders
 * use local delivery, and encoding one is an error.
 */
final class LocalCodec<T> implements MessageCodec<T, T> {
    private final Class<T> type;

    LocalCodec(Class<T> type) {
        this.type = type;
    }

    @Override
    public void encodeToWire(Buffer buffer, T message) {
        throw new UnsupportedOperationException(type.getSimpleName() + " stays within one process");
    }

    @Override
    public T decodeFromWire(int position, Buffer buffer) {
        throw new UnsupportedOperationException(type.getSimpleName() + " stays within one process");
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
