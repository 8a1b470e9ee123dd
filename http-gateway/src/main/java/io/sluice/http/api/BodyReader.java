package io.sluice.http.api;

import io.sluice.core.message.Failure;
import io.sluice.core.message.Reason;
import io.sluice.http.invoke.CallMemory;
import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Gathers one request's body, within its own limit and within the memory for calls. */
final class BodyReader {
    private static final Failure TOO_LARGE = new Failure(Reason.MALFORMED_REQUEST, "stream too large");
    private static final Failure OVERLOADED =
            new Failure(Reason.OVERLOADED, "too many bytes wait to be written to Kafka, send the request again later");

    /** So much of a body is reserved when it is announced, so that small ones are reserved at once; larger ones as they come. */
    private static final int SMALL = 16 * 1024;

    private final CallMemory.Share memory;
    private final long limit;
    private final Consumer<byte[]> whole;
    private final Function<Failure, Answer> refusal;
    /** Of the body. */
    private long reserved;

    private boolean grows;
    private @Nullable Buffer gathered;

    /**
     * @param memory what the request holds
     * @param limit longest body, 0 or less for no limit
     * @param whole gets the body once it is complete
     * @param refusal makes the answer to a body that does not come in
     */
    BodyReader(CallMemory.Share memory, long limit, Consumer<byte[]> whole, Function<Failure, Answer> refusal) {
        this.memory = memory;
        this.limit = limit <= 0 ? Long.MAX_VALUE : limit;
        this.whole = whole;
        this.refusal = refusal;
    }

    /** Begins with a body of {@code announced} bytes, -1 if unknown; returns why it is refused, or null. */
    @Nullable
    Failure begin(long announced) {
        if (announced > limit) {
            return TOO_LARGE;
        }
        reserved = Math.max(0, Math.min(SMALL, announced));
        return memory.begin(reserved) ? null : OVERLOADED;
    }

    /** Takes a piece; returns why the body is refused, or null. */
    @Nullable
    Failure add(Buffer piece) {
        int length = gathered == null ? 0 : gathered.length();
        if (piece.length() > limit - length) {
            return TOO_LARGE;
        }
        if (!reserve((long) length + piece.length())) {
            return OVERLOADED;
        }
        gathered = gathered == null ? piece : growing(gathered).appendBuffer(piece);
        return null;
    }

    /** The first piece may be a part of another buffer, and cannot grow then. */
    private Buffer growing(Buffer first) {
        if (grows) {
            return first;
        }
        grows = true;
        return Buffer.buffer(2 * first.length()).appendBuffer(first);
    }

    void complete() {
        var body = gathered == null ? new byte[0] : gathered.getBytes();
        gathered = null;
        whole.accept(body);
    }

    Answer refuse(Failure failure) {
        return refusal.apply(failure);
    }

    /** Lets go of everything; the request is answered or gone. */
    void release() {
        memory.release();
        gathered = null;
    }

    private boolean reserve(long all) {
        if (all <= reserved) {
            return true;
        }
        boolean granted = memory.reserve(all - reserved);
        reserved = granted ? all : reserved;
        return granted;
    }
}
