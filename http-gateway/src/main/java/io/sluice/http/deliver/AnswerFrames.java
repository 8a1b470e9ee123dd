package io.sluice.http.deliver;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Keeps from Vert.x what it would make no answer, or the wrong one, of: an answer without headers, for which a request would
 * wait for ever, and one that only says that another is on its way (RFC 9110, 15.2), of which it knows 100 and 103. A change
 * of protocol is left to it: in HTTP/2 there is none, and nothing follows it.
 */
final class AnswerFrames extends Http2FrameListenerDecorator {
    private final Http2Connection connection;

    private AnswerFrames(Http2Connection connection, Http2FrameListener listener) {
        super(listener);
        this.connection = connection;
    }

    /** To be called when the connection has just been opened. */
    static void check(HttpConnection opened) {
        if (opened instanceof ConnectionBase base) {
            var handler = base.channel().pipeline().get(Http2ConnectionHandler.class);
            var decoder = handler.decoder();
            decoder.frameListener(new AnswerFrames(handler.connection(), decoder.frameListener()));
        }
    }

    @Override
    public int onDataRead(ChannelHandlerContext context, int stream, ByteBuf data, int padding, boolean isLast)
            throws Http2Exception {
        var answered = connection.stream(stream);
        if (answered != null && !answered.isHeadersReceived()) {
            throw Http2Exception.streamError(stream, Http2Error.PROTOCOL_ERROR, "an answer without headers");
        }
        return super.onDataRead(context, stream, data, padding, isLast);
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext context, int stream, Http2Headers headers, int padding, boolean isLast)
            throws Http2Exception {
        if (isLast || !isInterim(headers)) {
            super.onHeadersRead(context, stream, headers, padding, isLast);
        }
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext context,
            int stream,
            Http2Headers headers,
            int dependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean isLast)
            throws Http2Exception {
        if (isLast || !isInterim(headers)) {
            super.onHeadersRead(context, stream, headers, dependency, weight, exclusive, padding, isLast);
        }
    }

    private static boolean isInterim(Http2Headers headers) {
        CharSequence status = headers.status();
        return status != null
                && HttpStatusClass.valueOf(status) == HttpStatusClass.INFORMATIONAL
                && !HttpResponseStatus.SWITCHING_PROTOCOLS.codeAsText().contentEquals(status);
    }
}
