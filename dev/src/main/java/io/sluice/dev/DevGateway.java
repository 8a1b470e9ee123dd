package io.sluice.dev;

import java.io.PrintStream;
import java.util.Map;

/** The gateway as this module needs it: one call that lasts until the gateway has stopped. */
@FunctionalInterface
interface DevGateway {
    /**
     * @param out takes the ready line
     * @return the exit code
     */
    int run(String[] args, Map<String, String> environment, PrintStream out);
}
