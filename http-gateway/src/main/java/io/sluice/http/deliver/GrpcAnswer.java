package io.sluice.http.deliver;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.grpc.common.GrpcHeaderNames;
import io.vertx.grpc.common.GrpcStatus;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The app's whole answer to a unary call
 * (<a href="https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md">gRPC over HTTP/2</a>).
 *
 * @param text what the app says of its status; anything, even several lines
 * @param retryAfter how long the app asks to be left alone, zero when it does not ask
 * @param message null unless the status is OK and there is one message, not compressed and not too long
 */
record GrpcAnswer(
        GrpcStatus status,
        String text,
        Duration retryAfter,
        @Nullable Buffer message) {
    /** A flag for compression, always 0 as none is offered, and a length of four bytes. */
    private static final int PREFIX_BYTES = 5;

    /**
     * An answer is whole once its stream has ended: its status comes last, and counts whatever the message is.
     *
     * @param body null if it was too long to be kept
     * @throws NoStatusException when it has no status
     */
    static GrpcAnswer of(HttpClientResponse response, @Nullable Buffer body) {
        var code = lastWord(response, GrpcHeaderNames.GRPC_STATUS.toString());
        if (code == null) {
            throw new NoStatusException(response.statusCode());
        }
        var status = status(code);
        if (status == GrpcStatus.OK) {
            return new GrpcAnswer(GrpcStatus.OK, "", Duration.ZERO, message(body));
        }
        var text = lastWord(response, GrpcHeaderNames.GRPC_MESSAGE.toString());
        var pause = GrpcRetryInfo.pause(status, name -> lastWord(response, name), Instant.now());
        return new GrpcAnswer(status, text == null ? "" : decode(text), pause, null);
    }

    private static @Nullable Buffer message(@Nullable Buffer body) {
        if (body == null || body.length() < PREFIX_BYTES) {
            return null;
        }
        boolean isOne = body.getByte(0) == 0 && body.getInt(1) == body.length() - PREFIX_BYTES;
        return isOne ? body.slice(PREFIX_BYTES, body.length()) : null;
    }

    /** In the trailers, or in the head of an answer that has nothing else. */
    private static @Nullable String lastWord(HttpClientResponse response, String name) {
        var trailer = response.getTrailer(name);
        return trailer == null ? response.getHeader(name) : trailer;
    }

    private static GrpcStatus status(String code) {
        for (var status : GrpcStatus.values()) {
            if (code.equals(String.valueOf(status.code))) {
                return status;
            }
        }
        return GrpcStatus.UNKNOWN;
    }

    private static String decode(String text) {
        try {
            // In a status text only % is special, and + is a plus.
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }

    boolean isOk() {
        return status == GrpcStatus.OK;
    }

    /** The status and what the app says of it, in one line that can be logged. */
    String words() {
        return text.isEmpty() ? status.name() : status.name() + ": " + Causes.line(text);
    }

    /** The message as it goes on the wire. */
    static Buffer frame(byte[] message) {
        return Buffer.buffer(PREFIX_BYTES + message.length)
                .appendByte((byte) 0)
                .appendInt(message.length)
                .appendBytes(message);
    }
}
