package io.sluice.dev;

import io.sluice.app.ReadyGateway;
import java.io.PrintStream;
import java.util.Map;
import java.util.function.Consumer;

/** The gateway as this module needs it: one call that lasts until the gateway has stopped. */
@FunctionalInterface
interface DevGateway {
    /**
     * @param out takes the ready line
     * @param onReady called once, after that line
     * @return the exit code
     */
    int run(String[] args, Map<String, String> environment, PrintStream out, Consumer<ReadyGateway> onReady);
}
