package io.sluice.http.deliver;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.sluice.http.deliver.Exchange.Answer;
import io.vertx.core.VertxException;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import org.jspecify.annotations.Nullable;

/**
 * One connection of HTTP/1.1, for one request at a time: requests are written in one piece, Netty's decoder reads the
 * answers. Belongs to the event loop of its socket.
 */
final class Http1Connection {
    private static final Throwable CLOSED = new VertxException("it was closed", true);
    private static final Throwable UNASKED =
            new VertxException("the app said something that nobody had asked for", true);
    private static final Throwable NO_STATUS = new VertxException("its status is none of HTTP", true);
    private static final Throwable SWITCHED = new VertxException("the app switched to another protocol", true);
    private final NetSocketInternal socket;
    private final ChannelHandlerContext channel;
    private final AnswerDecoder decoder;
    private final Owner owner;
    private @Nullable Answer answer;
    private @Nullable HttpResponse head;
    /** The request has gone out to its end. */
    private boolean written;

    /** The answer has come to its end; what came with it is still to be looked at. */
    private boolean whole;

    private boolean answered;
    private boolean givenUp;
    private Throwable trouble = CLOSED;
    private boolean closed;

    /** Whoever decides what the connection is used for. */
    interface Owner {
        /**
         * An answer is whole, the connection is free; told before the answer's end.
         *
         * @param nanos how long it may be used again, 0 when it may not
         */
        void free(long nanos);

        /** It is closed, by whomever. */
        void gone();
    }

    private Http1Connection(NetSocketInternal socket, AnswerDecoder decoder, Owner owner) {
        this.socket = socket;
        this.decoder = decoder;
        this.channel = socket.channelHandlerContext();
        this.owner = owner;
    }

    /**
     * Takes over a socket that was just connected; to be called on its context.
     *
     * @param maxHeadBytes longest first line of an answer, and most that its headers may have
     */
    static Http1Connection over(NetSocket connected, int maxHeadBytes, Owner owner) {
        var socket = (NetSocketInternal) connected;
        var decoder = new AnswerDecoder(maxHeadBytes);
        var connection = new Http1Connection(socket, decoder, owner);
        connection.channel.pipeline().addBefore(connection.channel.name(), "answers", decoder);
        decoder.onRead(connection::look);
        KeepAliveProbes.begin(connection.channel.channel());
        socket.messageHandler(connection::received)
                .readCompletionHandler(v -> connection.finish())
                .exceptionHandler(cause -> connection.trouble = cause)
                .closeHandler(v -> connection.closed());
        return connection;
    }

    /** Whether it was kept after an earlier answer. */
    boolean hasAnswered() {
        return answered;
    }

    /**
     * @param start see {@link RequestBytes#start}
     * @param body null for none
     */
    void send(byte[] start, WireHeaders headers, byte @Nullable [] body, Answer told) {
        answer = told;
        written = false;
        ByteBuf begin = RequestBytes.begin(channel.alloc(), start, headers, body);
        if (body == null || RequestBytes.isTakenAlong(body)) {
            writeLast(begin);
        } else {
            socket.writeMessage(begin).onFailure(this::notWritten);
            writeLast(Unpooled.wrappedBuffer(body));
        }
    }

    private void writeLast(ByteBuf bytes) {
        socket.writeMessage(bytes).onComplete(gone -> written = true, this::notWritten);
    }

    /** What cannot be written any more may be the first to tell that the connection is closed. */
    private void notWritten(Throwable cause) {
        breakOff(cause);
        closed();
    }

    /** Tells nothing more of the request that is under way. */
    void abandon() {
        answer = null;
        close();
    }

    /** At once: the app may never read what is still to be written. */
    void close() {
        givenUp = true;
        var unused = channel.close();
    }

    private void received(Object message) {
        try {
            if (message instanceof HttpObject part) {
                received(part);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void received(HttpObject part) {
        if (answer == null || whole) {
            breakOff(UNASKED);
        } else if (part.decoderResult().isFailure()) {
            unreadable(part, answer);
        } else if (part instanceof HttpResponse response) {
            head(response, answer);
        } else if (part instanceof HttpContent content && head != null) {
            content(content, answer);
        }
    }

    /** A status that was read counts, whatever is wrong with what follows it. */
    private void unreadable(HttpObject part, Answer told) {
        if (part instanceof HttpResponse response && AnswerDecoder.hasFinalStatus(response)) {
            answered = true;
            told.head(response.status().code(), null);
        }
        breakOff(part.decoderResult().cause());
    }

    private void head(HttpResponse response, Answer told) {
        int status = response.status().code();
        if (response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
            breakOff(SWITCHED);
        } else if (AppAnswer.isFinal(status)) {
            head = response;
            answered = true;
            told.head(
                    status, RetryAfter.isMeantBy(status) ? response.headers().get(HttpHeaderNames.RETRY_AFTER) : null);
        } else if (response.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
            breakOff(NO_STATUS);
        }
    }

    private void content(HttpContent content, Answer told) {
        if (content.content().isReadable()) {
            told.piece(BufferInternal.buffer(content.content()));
        }
        whole = content instanceof LastHttpContent;
    }

    /**
     * Once all that was read is looked at: what came behind the answer must not be taken for the next one, nor what is left
     * of the request for the begin of the next one.
     */
    private void finish() {
        Answer told = answer;
        HttpResponse response = head;
        if (whole && told != null && response != null) {
            answer = null;
            head = null;
            whole = false;
            boolean clean = written && !givenUp && !decoder.hasLeftover();
            owner.free(clean ? Persistence.nanosAfter(response) : 0);
            told.end();
        } else if (told != null && response != null) {
            told.unfinished();
        }
    }

    /** What comes while nothing is asked would be taken for the next answer. */
    private void look() {
        if (answer == null && decoder.hasLeftover()) {
            breakOff(UNASKED);
        }
    }

    private void breakOff(Throwable cause) {
        trouble = cause;
        close();
    }

    private void closed() {
        if (closed) {
            return;
        }
        closed = true;
        givenUp = true;
        owner.gone();
        finish();
        Answer told = answer;
        if (told != null) {
            answer = null;
            told.broken(trouble);
        }
    }
}
