package io.sluice.http.listen;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;

/**
 * Sees the requests and answers of one connection of HTTP/1.1 as messages, and mends what Vert.x does with some of them: a
 * client that announces a body and offers HTTP/2 would wait for ever to be asked for the body, one whose body is no sequence
 * of chunks would get no answer, and one whose encoding is not just that, or is folded, would be taken at its word.
 */
final class RequestWatch extends ChannelDuplexHandler {
    private static final byte[] BAD_BODY =
            "{\"errorCode\":\"ERR_MALFORMED_REQUEST\",\"message\":\"the body is no sequence of chunks\"}"
                    .getBytes(StandardCharsets.UTF_8);

    private static final Throwable OTHER_ENCODING =
            new IllegalArgumentException("the transfer encoding must be chunked, said once and in one line");

    private long count;
    private boolean between = true;
    private boolean answered;
    private boolean upgraded;
    /** Where its last request ends is not known for sure. */
    private boolean unreadable;

    /** How many requests have begun. */
    long count() {
        return count;
    }

    /** Whether the next byte is one of a head. */
    boolean isBetween() {
        return between;
    }

    /** Whether a request has begun that is not answered yet, or whose body is not over. */
    boolean isAnswering() {
        return count > 0 && !(between && answered);
    }

    /** Whether the connection goes on with HTTP/2. */
    boolean isUpgraded() {
        return upgraded;
    }

    /** Asks for classes and not for interfaces: that costs a request less, whatever else both loops ask for. */
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (unreadable) {
            ReferenceCountUtil.release(message);
        } else if (message instanceof DefaultHttpRequest request) {
            count++;
            answered = false;
            // What the decoder cannot read ends with its head.
            between = request instanceof DefaultFullHttpRequest;
            declineUpgrade(request);
            checkEncoding(request);
            context.fireChannelRead(message);
        } else if (message instanceof DefaultHttpContent content) {
            readBody(context, content);
        } else {
            between |= message == LastHttpContent.EMPTY_LAST_CONTENT;
            context.fireChannelRead(message);
        }
    }

    private void readBody(ChannelHandlerContext context, DefaultHttpContent content) {
        between = content instanceof DefaultLastHttpContent;
        if (content.decoderResult().isFailure() && !answered) {
            content.release();
            refuse(context);
        } else {
            context.fireChannelRead(content);
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise written) throws Exception {
        if (message instanceof HttpResponse response) {
            upgraded |= response.status().code() == HttpResponseStatus.SWITCHING_PROTOCOLS.code();
            answered |= response.status().codeClass() != HttpStatusClass.INFORMATIONAL;
        }
        super.write(context, message, written);
    }

    /** A server may pass an offer over; one that takes it has to ask for the body before (RFC 9110, 7.8). */
    private void declineUpgrade(HttpRequest request) {
        if (count == 1 && HttpUtil.is100ContinueExpected(request)) {
            request.headers().remove(HttpHeaderNames.UPGRADE);
        }
    }

    /** Others on the way may see another end of the request (RFC 9112, 5.2 and 6.1). */
    private void checkEncoding(DefaultHttpRequest request) {
        String encoding = request.headers().get(HttpHeaderNames.TRANSFER_ENCODING);
        if (encoding != null && !isPlain(encoding, request)) {
            unreadable = true;
            request.setDecoderResult(DecoderResult.failure(OTHER_ENCODING));
        }
    }

    /** A folded header has a blank where its line was broken. */
    private static boolean isPlain(String encoding, HttpRequest request) {
        return HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(encoding)
                && request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING).size() == 1;
    }

    private void refuse(ChannelHandlerContext context) {
        answered = true;
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.BAD_REQUEST, Unpooled.wrappedBuffer(BAD_BODY));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
                .set(HttpHeaderNames.CONTENT_LENGTH, BAD_BODY.length)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }
}
