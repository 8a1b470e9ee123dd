package io.sluice.http.listen;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.ssl.SslHandler;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** How long the head of a request may take, by a clock that the test turns. */
class RequestHeadsTest {
    private static final String HEAD = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n";

    private final ConnectionLimit limit = new ConnectionLimit(2);
    private final EmbeddedChannel connection = connect();

    @Test
    void aConnectionThatSaysNothingIsClosedAfterTenSeconds() {
        pass(9);
        assertThat(connection.isOpen()).isTrue();

        pass(2);
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void aHeadThatDripsIsNotWaitedForLonger() {
        for (int i = 0; i < 10; i++) {
            send(HEAD.substring(i, i + 1));
            pass(1);
        }

        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void aRequestMayTakeLongerOnceItsHeadIsThere() {
        send(HEAD);
        pass(60);
        send("{");
        pass(60);
        send("}");
        pass(60);

        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void theHeadOfALaterRequestIsTimedFromItsFirstByte() {
        send(HEAD + "{}");
        pass(60);
        send(HEAD.substring(0, 5));
        pass(9);
        assertThat(connection.isOpen()).isTrue();

        send(HEAD.substring(5, 6));
        pass(2);
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void aLaterRequestThatIsThereInTimeIsNot() {
        send(HEAD + "{}");
        send(HEAD.substring(0, 5));
        pass(9);
        send(HEAD.substring(5) + "{}");
        pass(60);

        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void http2IsLeftToItsOwnHandlerOnceItsPrefaceIsThere() {
        send("PRI * HTTP/2.0\r\n");
        pass(5);
        assertThat(connection.pipeline().get(RequestHeads.class)).isNotNull();
        send("\r\nSM\r\n\r\n");
        pass(60);

        assertThat(connection.isOpen()).isTrue();
        assertThat(connection.pipeline().get(RequestHeads.class)).isNull();
    }

    /** It begins a handshake, which is no request either. */
    @Test
    void aConnectionOfTlsThatGetsNoFurtherThanItsHandshakeIsClosed() throws Exception {
        var engine = SSLContext.getDefault().createSSLEngine();
        engine.setUseClientMode(false);
        var handshake = new SslHandler(engine);
        handshake.setHandshakeTimeoutMillis(0);
        connection
                .pipeline()
                .addAfter(connection.pipeline().context(RequestHeads.class).name(), null, handshake);

        connection.writeInbound(Unpooled.wrappedBuffer(new byte[] {0x16, 3, 1, 2, 0, 1}));
        pass(9);
        assertThat(connection.isOpen()).isTrue();
        connection.writeInbound(Unpooled.wrappedBuffer(new byte[] {0}));
        pass(2);

        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void theEldestThatWaitsMakesRoomForANewOneAndOneThatIsServedDoesNot() {
        var second = connect();
        send(HEAD);

        var third = connect();

        second.runPendingTasks();
        assertThat(connection.isOpen()).isTrue();
        assertThat(second.isOpen()).isFalse();
        assertThat(third.isOpen()).isTrue();
        third.writeInbound(Unpooled.copiedBuffer(HEAD, StandardCharsets.US_ASCII));
        assertThat(limit.admit(new EmbeddedChannel())).isFalse();
        third.close();
        assertThat(limit.admit(new EmbeddedChannel())).isTrue();
    }

    private EmbeddedChannel connect() {
        var opened = new EmbeddedChannel();
        assertThat(limit.admit(opened)).isTrue();
        opened.freezeTime();
        opened.pipeline().addLast(new RequestHeads(limit), new HttpRequestDecoder(), new HttpResponseEncoder());
        return opened;
    }

    private void send(String text) {
        connection.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }

    private void pass(int seconds) {
        connection.advanceTimeBy(seconds, TimeUnit.SECONDS);
        connection.runScheduledPendingTasks();
    }
}
