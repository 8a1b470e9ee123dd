package io.sluice.app;

import java.util.concurrent.atomic.AtomicBoolean;

/** The program. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        var served = new AtomicBoolean();
        int exitCode = Sluice.run(args, System.getenv(), System.out, ready -> served.set(true));
        if (served.get() && exitCode == 0) {
            ClassArchive.write();
        }
        System.exit(exitCode);
    }
}
