package io.sluice.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code bench/run COMMAND}. Exit code 0 after a run, 1 if it failed or records were lost, 2 for a wrong flag. */
@Command(
        name = "bench/run",
        description = "Measures the gateway against the floor programs.",
        subcommands = {
            ProduceCommand.class,
            AvroCommand.class,
            DeliverCommand.class,
            IdleCommand.class,
            StartupCommand.class,
            CommandLine.HelpCommand.class
        },
        synopsisSubcommandLabel = "COMMAND")
public final class BenchMain {
    private BenchMain() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new BenchMain())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }
}
