package io.sluice.bench;

import io.sluice.bench.report.ResultsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where the report of a run goes. */
final class Recording {
    @Option(names = "--record", description = "Replace the block of this command in the given results file.")
    private @Nullable Path record;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    /** What was typed, for the report. */
    String commandLine() {
        List<String> args = spec == null
                ? List.of()
                : spec.root().commandLine().getParseResult().originalArgs();
        return "bench/run " + String.join(" ", args);
    }

    /**
     * Prints the report and writes it to the run's folder and, if that was asked for, to the results.
     *
     * @param command the name of the results' block
     */
    void keep(Path folder, String command, String report) throws IOException {
        System.out.println("\n" + report);
        Files.writeString(folder.resolve("report.md"), report);
        if (record != null) {
            ResultsFile.replace(record, command, report);
        }
    }
}
