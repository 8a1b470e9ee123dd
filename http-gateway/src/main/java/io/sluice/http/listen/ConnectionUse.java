package io.sluice.http.listen;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;

/** Whether a connection is used, for those who look for one that is not. */
final class ConnectionUse extends ChannelInboundHandlerAdapter {
    /** Written by the event loop and read by other threads without a fence: an older value does no harm. */
    private boolean used;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        used = true;
        context.fireChannelRead(message);
    }

    /** Whether something has come in since the last time that this was asked. */
    static boolean wasUsed(Channel connection) {
        var use = connection.pipeline().get(ConnectionUse.class);
        boolean was = use != null && use.used;
        if (was) {
            use.used = false;
        }
        return was;
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
