package io.sluice.bench.idle;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The report of a run, in Markdown. */
public final class IdleReport {
    /** For each binding. */
    private static final double MOST_PERCENT = 0.2;

    private static final double KIB_PER_MIB = 1024;

    private IdleReport() {}

    /**
     * Renders the report.
     *
     * @param uses in the order in which they are to be told; the gateway's last one is held against the target
     * @param bindings of each program
     * @param gateway its name
     * @param machine where the run took place
     * @param command how it was started
     */
    public static String render(List<Use> uses, int bindings, String gateway, String machine, String command) {
        return """
            %s

            `%s`

            | program | seconds after the ready line | %% of a core | of which the JIT compiler | for each binding | RSS MiB |
            | --- | ---: | ---: | ---: | ---: | ---: |
            %s
            %s\
            """.formatted(
                        machine,
                        command,
                        uses.stream().map(use -> row(use, bindings)).collect(Collectors.joining()),
                        target(uses, bindings, gateway));
    }

    private static String row(Use use, int bindings) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %.2f | %.2f | %.3f | %.0f |%n",
                use.program(),
                use.after(),
                use.percent(),
                use.compiling(),
                use.percent() / bindings,
                use.residentKib() / KIB_PER_MIB);
    }

    private static String target(List<Use> uses, int bindings, String gateway) {
        return uses.stream()
                .filter(use -> use.program().equals(gateway))
                .reduce((earlier, later) -> later)
                .map(last -> target(last.percent() / bindings))
                .orElse("");
    }

    private static String target(double percent) {
        return String.format(
                Locale.ROOT,
                "Target: the gateway's last figure for each binding, %.3f %%, is to be less than %.1f %%: %s.%n",
                percent,
                MOST_PERCENT,
                percent < MOST_PERCENT ? "pass" : "FAIL");
    }
}
