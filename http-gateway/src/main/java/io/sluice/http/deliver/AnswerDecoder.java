package io.sluice.http.deliver;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpStatusClass;

/**
 * Reads the answers of apps. It is lenient where that can do no harm, on a connection with one request at a time: lines may
 * end with LF alone, and a length may be said twice if it is the same.
 */
final class AnswerDecoder extends HttpResponseDecoder {
    private Runnable onRead = () -> {};

    /** @param maxHeadBytes longest first line, and most that the headers may have */
    AnswerDecoder(int maxHeadBytes) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(maxHeadBytes)
                .setMaxHeaderSize(maxHeadBytes)
                .setStrictLineParsing(false)
                .setAllowDuplicateContentLengths(true));
    }

    /** Calls back after each read, also after one that brought nothing that can be told yet. */
    void onRead(Runnable looking) {
        onRead = looking;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext channel) throws Exception {
        super.channelReadComplete(channel);
        onRead.run();
    }

    /** Whether bytes have come that belong to no answer so far. */
    boolean hasLeftover() {
        return actualReadableBytes() > 0;
    }

    /** Whether an answer that cannot be read as a whole has a status all the same; Netty makes one up for what has none. */
    static boolean hasFinalStatus(HttpResponse unreadable) {
        HttpStatusClass kind = unreadable.status().codeClass();
        return kind != HttpStatusClass.UNKNOWN && kind != HttpStatusClass.INFORMATIONAL;
    }
}
