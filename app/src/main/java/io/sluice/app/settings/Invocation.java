package io.sluice.app.settings;

import java.util.List;

/** What a command line asks for. */
public sealed interface Invocation {

    /**
     * To run the gateway.
     *
     * @param errors what is not safe, and starts all the same
     * @param warnings what is allowed but most likely not meant, or not safe
     * @param ignored daprd's flags that have no effect here
     */
    record Run(Settings settings, List<String> errors, List<String> warnings, List<String> ignored)
            implements Invocation {
        public Run {
            errors = List.copyOf(errors);
            warnings = List.copyOf(warnings);
            ignored = List.copyOf(ignored);
        }
    }

    /**
     * To say what a run would be, without one.
     *
     * @param flags those that have a value: its name, the value and where it is from
     */
    record Check(Run run, List<FlagText> flags) implements Invocation {
        public Check {
            flags = List.copyOf(flags);
        }
    }

    /**
     * A flag as it is set.
     *
     * @param option with dashes
     * @param origin as messages name it, {@code default} for a default
     */
    record FlagText(String option, String value, String origin) {}

    /** To wait until the gateway whose HTTP API has that port on this machine can be called. */
    record Await(int httpPort) implements Invocation {}

    /** To print {@code text} and end. */
    record Print(String text) implements Invocation {}

    /** Something that cannot be done: every problem found, one a line. */
    record Invalid(List<String> problems) implements Invocation {}
}
