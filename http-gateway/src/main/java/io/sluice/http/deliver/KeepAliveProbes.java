package io.sluice.http.deliver;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import java.net.SocketOption;
import jdk.net.ExtendedSocketOptions;

/**
 * Lets the machine ask whether the other end of a connection of HTTP/1.1 is still there: an app whose machine is gone without
 * a word would be waited for without end. With Go's numbers, as daprd: it is found after two and a half minutes.
 */
final class KeepAliveProbes {
    private static final int SECONDS = 15;
    private static final int PROBES = 9;

    private KeepAliveProbes() {}

    static void begin(Channel channel) {
        boolean possible = channel.config().setOption(ChannelOption.SO_KEEPALIVE, true);
        if (possible) {
            set(channel, ExtendedSocketOptions.TCP_KEEPIDLE, SECONDS);
            set(channel, ExtendedSocketOptions.TCP_KEEPINTERVAL, SECONDS);
            set(channel, ExtendedSocketOptions.TCP_KEEPCOUNT, PROBES);
        }
    }

    /** Where there is no such option the machine's own numbers count. */
    private static void set(Channel channel, SocketOption<Integer> option, int value) {
        var unused = channel.config().setOption(NioChannelOption.of(option), value);
    }
}
