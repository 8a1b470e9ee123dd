package io.sluice.http.listen;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Sees each connection that a server accepts, before the server itself does. While those that have to make room are not
 * closed yet no more are accepted: they wait in the system's queue, and take no file handle there.
 */
@Sharable
final class AcceptHandler extends ChannelInboundHandlerAdapter {
    private final ConnectionLimit limit;

    AcceptHandler(ConnectionLimit limit) {
        this.limit = limit;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
        var connection = (Channel) accepted;
        if (limit.admit(connection)) {
            connection.pipeline().addLast(new ConnectionUse(limit), new RequestHeads(limit));
            context.fireChannelRead(connection);
        } else {
            // Not registered with an event loop yet, and so without a pipeline that could close it.
            connection.unsafe().closeForcibly();
        }
        var accepting = context.channel().config();
        limit.pauseIfBehind(() -> accepting.setAutoRead(false), () -> accepting.setAutoRead(true));
    }
}
