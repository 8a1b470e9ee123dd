package io.sluice.app.settings;

import java.util.List;

/** What a command line asks for. */
public sealed interface Invocation {

    /**
     * To run the gateway.
     *
     * @param warnings what is allowed but most likely not meant, or not safe
     * @param ignored daprd's flags that have no effect here
     */
    record Run(Settings settings, List<String> warnings, List<String> ignored) implements Invocation {}

    /** To print {@code text} and end. */
    record Print(String text) implements Invocation {}

    /** Something that cannot be done: every problem found, one a line. */
    record Invalid(List<String> problems) implements Invocation {}
}
