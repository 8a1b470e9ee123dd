package io.sluice.app.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Which addresses only this machine can reach. */
final class Loopback {
    private Loopback() {}

    /** Whether {@code host} is one; a name that does not resolve is not. May ask the resolver, and so block. */
    static boolean is(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
