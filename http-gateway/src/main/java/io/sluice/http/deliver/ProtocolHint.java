package io.sluice.http.deliver;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;

/**
 * What went wrong on the way to the app, in words. As long as the app has never answered, that it may speak another protocol
 * is among them. Belongs to one context.
 */
final class ProtocolHint {
    private final String protocol;
    private boolean answered;

    ProtocolHint(AppChannelSettings settings) {
        this.protocol = settings.protocol();
    }

    void answered() {
        answered = true;
    }

    String text(Throwable cause) {
        return answered || isNotConnected(cause)
                ? Causes.text(cause)
                : Causes.text(cause) + " (does the app speak " + protocol + "? --app-protocol says so)";
    }

    private static boolean isNotConnected(Throwable cause) {
        return cause instanceof ConnectException
                || cause instanceof UnknownHostException
                || cause instanceof NoRouteToHostException;
    }
}
