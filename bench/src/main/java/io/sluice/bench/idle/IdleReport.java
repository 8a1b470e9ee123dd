package io.sluice.bench.idle;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The report of a run, in Markdown. */
public final class IdleReport {
    private static final double MOST_PERCENT = 2;

    private IdleReport() {}

    /**
     * Renders the report.
     *
     * @param uses in the order in which they are to be told; the gateway's last one is held against the target
     * @param gateway its name
     * @param machine where the run took place
     * @param command how it was started
     */
    public static String render(List<Use> uses, String gateway, String machine, String command) {
        return """
                %s

                `%s`

                | program | seconds after the ready line | %% of a core | of which the JIT compiler |
                | --- | ---: | ---: | ---: |
                %s
                %s""".formatted(
                        machine,
                        command,
                        uses.stream().map(IdleReport::row).collect(Collectors.joining()),
                        target(uses, gateway));
    }

    private static String row(Use use) {
        return String.format(
                Locale.ROOT, "| %s | %d | %.2f | %.2f |%n", use.program(), use.after(), use.percent(), use.compiling());
    }

    private static String target(List<Use> uses, String gateway) {
        return uses.stream()
                .filter(use -> use.program().equals(gateway))
                .reduce((earlier, later) -> later)
                .map(last -> String.format(
                        Locale.ROOT,
                        "Target: the gateway's last figure, %.2f %%, is to be less than %.0f %%: %s.%n",
                        last.percent(),
                        MOST_PERCENT,
                        last.percent() < MOST_PERCENT ? "pass" : "FAIL"))
                .orElse("");
    }
}
