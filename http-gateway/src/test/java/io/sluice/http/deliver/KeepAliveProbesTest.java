package io.sluice.http.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import io.sluice.http.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.net.NetSocketInternal;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeepAliveProbesTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        Waiting.get(vertx.close());
    }

    @Test
    void aConnectionToTheAppAsksWhetherItsOtherEndIsThere() {
        var app = new TestApp(vertx).listen();
        Promise<Channel> opened = Promise.promise();
        vertx.runOnContext(begin -> connect(app.port()).onComplete(opened));

        var options = Waiting.get(opened.future()).config();

        assertThat(options.getOption(ChannelOption.SO_KEEPALIVE)).isTrue();
        assertThat(options.getOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE)))
                .isEqualTo(15);
        assertThat(options.getOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL)))
                .isEqualTo(15);
        assertThat(options.getOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT)))
                .isEqualTo(9);
    }

    private Future<Channel> connect(int port) {
        return vertx.createNetClient().connect(port, "127.0.0.1").map(socket -> {
            Http1Connection.over(socket, DeliveryHarness.MAX_HEAD_BYTES, new Http1Connection.Owner() {
                @Override
                public void free(long nanos) {}

                @Override
                public void gone() {}
            });
            return ((NetSocketInternal) socket).channelHandlerContext().channel();
        });
    }
}
