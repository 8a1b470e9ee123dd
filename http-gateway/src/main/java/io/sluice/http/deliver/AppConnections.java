package io.sluice.http.deliver;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.ClientOptionsBase;
import java.time.Duration;
import java.util.function.LongConsumer;

/** The connections on which requests go to the app, kept for the next request. Belongs to one context. */
interface AppConnections {
    /** As many as Dapr opens. */
    int MAX = 1024;

    /** Of the file handles that are left: the others are for callers and for Kafka. */
    int HANDLES_SHARE = 4;

    int LEAST = 16;

    int CONNECT_MILLIS = 5000;

    Duration PING_TIMEOUT = Duration.ofSeconds(5);

    /** As Go's clients take. Of an answer over HTTP/2 with more of them not even the status can be read. */
    int MAX_HTTP2_HEADER_BYTES = 10 * 1024 * 1024;

    /**
     * @param size most connections
     * @param places is told how many requests at a time the app takes, whenever it says so: with HTTP/2
     */
    static AppConnections open(Vertx vertx, AppChannelSettings settings, int size, LongConsumer places) {
        return isHttp2(settings)
                ? new SharedConnections(vertx, settings, size, PING_TIMEOUT, places)
                : new OwnConnections(vertx, settings, size);
    }

    /**
     * Opens an exchange on a connection of its own or, with HTTP/2, on a stream of its own.
     *
     * @param path of the request, encoded
     */
    void open(HttpMethod method, String path, Opening opening);

    /** Whether a connection has many requests at a time, so that a dead one is a matter of all. */
    boolean areShared();

    /** Puts what went wrong into words. */
    ProtocolHint hint();

    boolean isClosed();

    /** Breaks what is in flight. */
    Future<Void> close();

    /** Gets what came of {@link #open}, at once or later. */
    interface Opening {
        void opened(Exchange exchange);

        /** There is no connection to be had. */
        void away(Throwable cause);
    }

    /** How many connections there may be with {@code handles} more that the process may open. */
    static int most(long handles) {
        return (int) Math.max(LEAST, Math.min(MAX, handles / HANDLES_SHARE));
    }

    static boolean isHttp2(AppChannelSettings settings) {
        return settings.protocol().equals("h2c");
    }

    /** For HTTP/2 from the first byte on. */
    static HttpClientOptions http2(AppChannelSettings settings) {
        return reaching(settings, new HttpClientOptions().setVerifyHost(false))
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false)
                .setInitialSettings(new Http2Settings().setMaxHeaderListSize(MAX_HTTP2_HEADER_BYTES));
    }

    /** The same options, with what the app's protocol asks of a socket. As Dapr: nobody checks the app's certificate. */
    static <T extends ClientOptionsBase> T reaching(AppChannelSettings settings, T options) {
        options.setConnectTimeout(CONNECT_MILLIS);
        if (settings.isTls()) {
            options.setSsl(true).setTrustAll(true);
        }
        return options;
    }
}
