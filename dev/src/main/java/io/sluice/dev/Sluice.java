package io.sluice.dev;

import java.io.PrintStream;
import java.util.Map;

/** Stands where {@code io.sluice.app.Sluice} will be: delete this class and import that one. */
final class Sluice {
    private Sluice() {}

    static int run(String[] args, Map<String, String> environment, PrintStream out) {
        out.println("this build has no gateway yet");
        return 1;
    }
}
