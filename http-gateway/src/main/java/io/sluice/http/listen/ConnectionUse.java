package io.sluice.http.listen;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;

/** When a connection was used last, for those who look for one that is not. */
final class ConnectionUse extends ChannelInboundHandlerAdapter {
    private final ConnectionLimit limit;
    /** In admissions. Written by the event loop and read by other threads without a fence: an older value does no harm. */
    private long last;

    ConnectionUse(ConnectionLimit limit) {
        this.limit = limit;
        this.last = limit.admissions();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        last = limit.admissions();
        context.fireChannelRead(message);
    }

    /** When something came in last, by the clock of {@link ConnectionLimit#admissions}. */
    static long last(Channel connection) {
        var use = connection.pipeline().get(ConnectionUse.class);
        return use == null ? 0 : use.last;
    }

    /** Whether a request has come that is not answered yet: a fact on the connection's event loop, a guess elsewhere. */
    static boolean isAnswering(Channel connection) {
        var http1 = connection.pipeline().get(RequestWatch.class);
        if (http1 != null) {
            return http1.isAnswering();
        }
        var http2 = connection.pipeline().get(Http2ConnectionHandler.class);
        return http2 != null && http2.connection().numActiveStreams() > 0;
    }
}
