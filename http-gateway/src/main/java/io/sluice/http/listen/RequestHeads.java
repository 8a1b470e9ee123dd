package io.sluice.http.listen;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection that does not send the whole head of a request within ten seconds, as daprd does: of its first
 * request counted from its opening, of later ones from their first byte. Everything is passed on as it comes.
 *
 * <pre>
 *   bytes → [TLS] → RequestHeads → decoder, encoder → {@link RequestWatch} → Vert.x
 * </pre>
 *
 * <p>Vert.x puts the decoder in when it has seen that a connection does not begin with HTTP/2's preface. Connections that
 * do are left to it, as those are that change to HTTP/2 later.
 */
final class RequestHeads extends ChannelInboundHandlerAdapter {
    private static final long PATIENCE_SECONDS = 10;
    private static final byte[] HTTP2_PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ConnectionLimit limit;
    private final boolean behindTls;
    private @Nullable RequestWatch watch;
    private @Nullable Future<?> deadline;
    private int preface;

    RequestHeads(ConnectionLimit limit) {
        this(limit, false);
    }

    private RequestHeads(ConnectionLimit limit, boolean behindTls) {
        this.limit = limit;
        this.behindTls = behindTls;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        startDeadline(context);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        stopDeadline();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var bytes = (ByteBuf) message;
        var tls = behindTls ? null : context.pipeline().context(SslHandler.class);
        if (tls != null) {
            context.pipeline().addAfter(tls.name(), null, new RequestHeads(limit, true));
            context.pipeline().remove(this);
            context.fireChannelRead(bytes);
        } else if (watch == null) {
            readFirst(context, bytes);
        } else {
            readOn(context, bytes, watch);
        }
    }

    /** Until it is known which HTTP it is. */
    private void readFirst(ChannelHandlerContext context, ByteBuf bytes) {
        int matching = matching(bytes);
        if (matching < bytes.readableBytes() && preface + matching < HTTP2_PREFACE.length) {
            var added = watch(context, bytes);
            watch = added;
            readOn(context, bytes, added);
            return;
        }
        preface += matching;
        if (preface == HTTP2_PREFACE.length) {
            leave(context);
        }
        context.fireChannelRead(bytes);
    }

    private int matching(ByteBuf bytes) {
        int most = Math.min(bytes.readableBytes(), HTTP2_PREFACE.length - preface);
        int matching = 0;
        while (matching < most && bytes.getByte(bytes.readerIndex() + matching) == HTTP2_PREFACE[preface + matching]) {
            matching++;
        }
        return matching;
    }

    /** Hands bytes on one by one until Vert.x has put its decoder in: the watch has to see the first request too. */
    private RequestWatch watch(ChannelHandlerContext context, ByteBuf bytes) {
        var encoder = context.pipeline().context(HttpResponseEncoder.class);
        while (encoder == null && bytes.isReadable()) {
            context.fireChannelRead(bytes.readRetainedSlice(1));
            encoder = context.pipeline().context(HttpResponseEncoder.class);
        }
        var added = new RequestWatch();
        if (encoder != null) {
            context.pipeline().addAfter(encoder.name(), null, added);
        }
        return added;
    }

    private void readOn(ChannelHandlerContext context, ByteBuf bytes, RequestWatch requests) {
        boolean between = requests.isBetween();
        long seen = requests.count();
        context.fireChannelRead(bytes);
        if (requests.isUpgraded()) {
            context.pipeline().remove(requests);
            leave(context);
        } else if (requests.count() > seen) {
            if (seen == 0) {
                limit.served(context.channel());
            }
            stopDeadline();
        } else if (between) {
            startDeadline(context);
        }
    }

    private void leave(ChannelHandlerContext context) {
        limit.served(context.channel());
        context.pipeline().remove(this);
    }

    private void startDeadline(ChannelHandlerContext context) {
        if (deadline == null) {
            deadline = context.executor().schedule(() -> close(context), PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static void close(ChannelHandlerContext context) {
        context.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }

    private void stopDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }
}
