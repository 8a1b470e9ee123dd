package io.sluice.http.grpc;

import io.vertx.grpc.common.GrpcMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/**
 * Takes the bytes out of messages. vertx-grpc would decompress by itself, but to any length: a small message could fill
 * the memory.
 */
final class MessageReader {
    /** Stands for the encoding of a call that names none; only messages that are not compressed can be read then. */
    static final String UNNAMED = "unnamed";

    private static final String IDENTITY = "identity";
    private static final String GZIP = "gzip";

    private final int limit;

    /** @param limit longest message, in bytes */
    MessageReader(int limit) {
        this.limit = limit;
    }

    byte[] read(GrpcMessage message) throws UnreadableMessageException {
        var payload = message.payload().getBytes();
        return switch (message.encoding()) {
            case IDENTITY -> payload;
            case GZIP -> gunzip(payload);
            default -> throw new UnreadableMessageException(Refusal.unknownEncoding());
        };
    }

    private byte[] gunzip(byte[] payload) throws UnreadableMessageException {
        try (var unzipped = new GZIPInputStream(new ByteArrayInputStream(payload))) {
            var bytes = unzipped.readNBytes(limit + 1);
            if (bytes.length > limit) {
                throw new UnreadableMessageException(Refusal.tooLarge(limit));
            }
            return bytes;
        } catch (IOException notGzip) {
            throw new UnreadableMessageException(Refusal.UNREADABLE);
        }
    }
}
