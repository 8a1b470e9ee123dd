package io.sluice.http.listen;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which connection makes room for a new one. */
class ConnectionLimitTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private final List<EmbeddedChannel> connections = new ArrayList<>();
    private final EmbeddedChannel listener = new EmbeddedChannel();

    private void accept(int limit) {
        listener.pipeline().addLast(new AcceptHandler(new ConnectionLimit(limit)));
    }

    @Test
    void oneThatWasNotUsedForLongMakesRoomWhenAllHaveSentAHead() {
        accept(3);
        var eldest = answered();
        var used = answered();
        var unused = answered();
        answered();
        assertThat(eldest.isOpen()).as("which was used before the others").isFalse();

        get(used);
        answer(used);
        var next = answered();

        assertThat(unused.isOpen()).isFalse();
        assertThat(used.isOpen()).isTrue();
        assertThat(next.isOpen()).isTrue();
    }

    @Test
    void oneWhoseRequestIsNotAnsweredYetStays() {
        accept(1);
        var busy = http1();
        get(busy);

        assertThat(http1().isOpen()).as("there is no room").isFalse();
        assertThat(busy.isOpen()).isTrue();

        answer(busy);
        assertThat(http1().isOpen()).isTrue();
        assertThat(busy.isOpen()).isFalse();
    }

    @Test
    void oneThatGetsARequestBeforeItHearsThatItShouldLeaveStays() {
        accept(1);
        var connection = answered();
        accepted();
        get(connection);
        settle();

        assertThat(connection.isOpen()).isTrue();
        answer(connection);
        assertThat(http1().isOpen()).isTrue();
        assertThat(http1().isOpen()).isTrue();
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void aConnectionOfHttp2ThatHasNoStreamIsIdle() {
        accept(1);
        var quiet = http2();
        send(quiet, PREFACE);

        http1();
        http1();

        assertThat(quiet.isOpen()).isFalse();
    }

    /** Else a crowd that comes faster than it is sent away would take the handles that are left to others. */
    @Test
    void noMoreAreAcceptedWhileThoseThatMakeRoomAreOpen() {
        accept(1);
        for (int i = 0; i < ConnectionLimit.BEHIND; i++) {
            accepted();
            assertThat(listener.config().isAutoRead()).isTrue();
        }
        accepted();
        assertThat(listener.config().isAutoRead()).isFalse();

        settle();

        assertThat(listener.config().isAutoRead()).isTrue();
        assertThat(connections.stream().filter(EmbeddedChannel::isOpen)).hasSize(1);
    }

    private EmbeddedChannel answered() {
        var connection = http1();
        get(connection);
        answer(connection);
        return connection;
    }

    private EmbeddedChannel http1() {
        var connection = accepted();
        connection.pipeline().addLast(new HttpRequestDecoder(), new HttpResponseEncoder());
        settle();
        return connection;
    }

    private EmbeddedChannel http2() {
        var connection = accepted();
        connection.pipeline().addLast(Http2FrameCodecBuilder.forServer().build());
        return connection;
    }

    private EmbeddedChannel accepted() {
        var connection = new EmbeddedChannel();
        connections.add(connection);
        listener.pipeline().fireChannelRead(connection);
        return connection;
    }

    /** Lets the event loops of all connections do what they were asked. */
    private void settle() {
        connections.forEach(EmbeddedChannel::runPendingTasks);
    }

    private static void get(EmbeddedChannel connection) {
        send(connection, GET);
    }

    private static void send(EmbeddedChannel connection, String text) {
        ByteBuf bytes = Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
        connection.writeInbound(bytes);
    }

    private static void answer(EmbeddedChannel connection) {
        connection.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
    }
}
