package io.sluice.app;

import io.sluice.http.listen.ListenAddress;
import java.net.BindException;
import java.util.Locale;

/** Says which flag to change when a listener cannot be opened. */
final class ListenFailure {
    private static final String ADDRESSES_FLAG = "--dapr-listen-addresses";
    private static final String SOCKET_FLAG = "--unix-domain-socket";

    private ListenFailure() {}

    /**
     * @param flag the flag of the port, with dashes
     * @param cause what the attempt to listen ended with
     */
    static StartFailure of(String flag, ListenAddress at, Throwable cause) {
        String reason = String.valueOf(cause.getMessage());
        if (at.socket() != null) {
            return StartFailure.runtime(SOCKET_FLAG + ": cannot listen on " + at.socket() + ": " + reason, cause);
        }
        String where = String.join(", ", at.hosts());
        if (cause instanceof BindException && reason.toLowerCase(Locale.ROOT).contains("in use")) {
            return StartFailure.runtime(
                    flag + ": port " + at.port() + " is in use on " + where + " (choose another; 0 picks a free one)",
                    cause);
        }
        return StartFailure.runtime(
                flag + " " + at.port() + ", " + ADDRESSES_FLAG + " " + where + ": cannot listen: " + reason, cause);
    }
}
