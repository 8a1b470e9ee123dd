package io.sluice.app;

/** The program. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(Sluice.run(args, System.getenv(), System.out));
    }
}
