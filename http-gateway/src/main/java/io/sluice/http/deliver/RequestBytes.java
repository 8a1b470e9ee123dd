package io.sluice.http.deliver;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Requests of HTTP/1.1 as they go on the wire. */
final class RequestBytes {
    private static final byte[] LENGTH = ascii("content-length: ");
    private static final byte[] END_OF_HEAD = ascii("\r\n\r\n");
    private static final int COLON_AND_SPACE = ':' << Byte.SIZE | ' ';
    private static final int END_OF_LINE = '\r' << Byte.SIZE | '\n';
    private static final int USUAL_HEAD = 512;
    /** Longer bodies are not copied behind the head. */
    private static final int COPIED_BODY = 16 * 1024;

    private RequestBytes() {}

    /** The first line of a request, and the host. */
    static byte[] start(String method, String path, String host) {
        return ascii(method + " " + path + " HTTP/1.1\r\nhost: " + host + "\r\n");
    }

    /** Whether {@link #begin} has the body in it. */
    static boolean isTakenAlong(byte[] body) {
        return body.length <= COPIED_BODY;
    }

    /**
     * The head of a request, and behind it a body that is short.
     *
     * @param start see {@link #start}
     * @param body null for none, of which no length is said
     */
    static ByteBuf begin(ByteBufAllocator allocator, byte[] start, WireHeaders headers, byte @Nullable [] body) {
        boolean together = body != null && isTakenAlong(body);
        ByteBuf request = allocator.ioBuffer(USUAL_HEAD + (body != null && together ? body.length : 0));
        request.writeBytes(start);
        headers.forEach((name, value) -> {
            text(request, name);
            request.writeShort(COLON_AND_SPACE);
            text(request, value);
            request.writeShort(END_OF_LINE);
        });
        if (body == null) {
            return request.writeShort(END_OF_LINE);
        }
        request.writeBytes(LENGTH);
        text(request, Integer.toString(body.length));
        request.writeBytes(END_OF_HEAD);
        return together ? request.writeBytes(body) : request;
    }

    private static void text(ByteBuf request, String text) {
        ByteBufUtil.writeAscii(request, text);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
