package io.sluice.app;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why the gateway did not start, in lines that an operator can act on. */
public final class StartFailure extends RuntimeException {
    /** The exit code for a failure while running. */
    public static final int RUNTIME = 1;
    /** The exit code for wrong settings or component files. */
    public static final int CONFIGURATION = 2;

    private final int exitCode;
    private final List<String> problems;

    private StartFailure(int exitCode, List<String> problems, @Nullable Throwable cause) {
        super(String.join("\n", problems), cause);
        this.exitCode = exitCode;
        this.problems = List.copyOf(problems);
    }

    static StartFailure configuration(List<String> problems) {
        return new StartFailure(CONFIGURATION, problems, null);
    }

    static StartFailure runtime(String problem, Throwable cause) {
        return new StartFailure(RUNTIME, List.of(problem), cause);
    }

    public int exitCode() {
        return exitCode;
    }

    /** At least one, one a line. */
    public List<String> problems() {
        return problems;
    }
}
