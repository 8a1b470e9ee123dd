package io.sluice.app;

import java.net.BindException;
import java.util.List;
import java.util.Locale;

/** Says which flag to change when a listener cannot be opened. */
final class ListenFailure {
    private static final String ADDRESSES_FLAG = "--dapr-listen-addresses";

    private ListenFailure() {}

    /**
     * @param flag the flag of the port, with dashes
     * @param cause what the attempt to listen ended with
     */
    static StartFailure of(String flag, int port, List<String> addresses, Throwable cause) {
        String reason = String.valueOf(cause.getMessage());
        String where = String.join(", ", addresses);
        if (cause instanceof BindException && reason.toLowerCase(Locale.ROOT).contains("in use")) {
            return StartFailure.runtime(
                    flag + ": port " + port + " is in use on " + where + " (choose another; 0 picks a free one)",
                    cause);
        }
        return StartFailure.runtime(
                flag + " " + port + ", " + ADDRESSES_FLAG + " " + where + ": cannot listen: " + reason, cause);
    }
}
