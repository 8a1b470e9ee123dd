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
        return answered || isOfAnotherKind(cause)
                ? Causes.text(cause)
                : Causes.text(cause) + " (does the app speak " + protocol + "? --app-protocol says so)";
    }

    /** Nothing was said to the app: it was not reached, or what was to be said is wrong itself. */
    private static boolean isOfAnotherKind(Throwable cause) {
        return cause instanceof ConnectException
                || cause instanceof IllegalArgumentException
                || cause instanceof UnknownHostException
                || cause instanceof NoRouteToHostException;
    }
}
