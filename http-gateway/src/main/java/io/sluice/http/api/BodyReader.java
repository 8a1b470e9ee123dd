package io.sluice.http.api;

import io.sluice.core.message.Failure;
import io.sluice.core.message.Reason;
import io.sluice.http.invoke.ByteBudget;
import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Gathers one request's body, within its own limit and within the budget of all requests. */
final class BodyReader {
    private static final Failure TOO_LARGE = new Failure(Reason.MALFORMED_REQUEST, "stream too large");
    private static final Failure OVERLOADED =
            new Failure(Reason.OVERLOADED, "too many bytes wait to be written to Kafka, send the request again later");

    /** What a request costs here beside its body, measured, so that a flood of empty ones is bounded too. */
    private static final int OVERHEAD = 4 * 1024;

    private final ByteBudget budget;
    private final long limit;
    private final Consumer<byte[]> whole;
    private final Function<Failure, Answer> refusal;
    private long reserved;
    private boolean grows;
    private @Nullable Buffer gathered;

    /**
     * @param limit longest body, 0 or less for no limit
     * @param whole gets the body once it is complete
     * @param refusal makes the answer to a body that does not come in
     */
    BodyReader(ByteBudget budget, long limit, Consumer<byte[]> whole, Function<Failure, Answer> refusal) {
        this.budget = budget;
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
        return reserve(OVERHEAD) ? null : OVERLOADED;
    }

    /** Takes a piece; returns why the body is refused, or null. */
    @Nullable
    Failure add(Buffer piece) {
        int length = gathered == null ? 0 : gathered.length();
        if (piece.length() > limit - length) {
            return TOO_LARGE;
        }
        if (!reserve(piece.length())) {
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
        budget.release(reserved);
        reserved = 0;
        gathered = null;
    }

    private boolean reserve(long bytes) {
        boolean granted = budget.reserve(bytes);
        reserved += granted ? bytes : 0;
        return granted;
    }
}
