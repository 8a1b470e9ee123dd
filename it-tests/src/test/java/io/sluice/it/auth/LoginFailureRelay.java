package io.sluice.it.auth;

import static io.sluice.it.gateway.TestCluster.get;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;

/** An address whose connections go to one listener of a broker or, later, to another. */
final class LoginFailureRelay {
    private static final String HOST = "127.0.0.1";

    private final NetClient client;
    private final NetServer server;
    private volatile int target;

    LoginFailureRelay(Vertx vertx, int target) {
        this.client = vertx.createNetClient();
        this.target = target;
        this.server =
                get(vertx.createNetServer().connectHandler(this::connected).listen(0, HOST));
    }

    String address() {
        return HOST + ":" + server.actualPort();
    }

    /** New connections go to that port. */
    void leadTo(int port) {
        target = port;
    }

    private void connected(NetSocket in) {
        in.pause();
        client.connect(target, HOST)
                .onSuccess(out -> {
                    in.pipeTo(out);
                    out.pipeTo(in);
                })
                .onFailure(error -> in.close());
    }
}
