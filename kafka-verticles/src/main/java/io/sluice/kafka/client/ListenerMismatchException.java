package io.sluice.kafka.client;

import org.apache.kafka.common.security.auth.SecurityProtocol;

/** A broker's listener speaks something else than the binding is set up for. */
final class ListenerMismatchException extends RuntimeException {
    private final SecurityProtocol spoken;

    ListenerMismatchException(SecurityProtocol spoken) {
        super("the listener speaks " + spoken);
        this.spoken = spoken;
    }

    SecurityProtocol spoken() {
        return spoken;
    }
}
