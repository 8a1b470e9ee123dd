package io.sluice.bench.report;

import io.sluice.bench.deliver.DeliverCase;
import io.sluice.bench.deliver.Figures;
import java.util.List;
import java.util.Locale;

/** The report of {@code bench/run deliver}, in Markdown that reads well in a terminal. */
public final class DeliverReport {
    private static final String FLOOR = "floor";
    private static final String GATEWAY = "gateway";

    private final DeliverMeasurements measurements;
    private final DeliverComparison comparison;
    private final StringBuilder text = new StringBuilder();

    private DeliverReport(DeliverMeasurements measurements) {
        this.measurements = measurements;
        this.comparison = new DeliverComparison(measurements, FLOOR, GATEWAY);
    }

    /**
     * Renders the medians of the programs {@code floor} and {@code gateway}, the ratios and the balance of records.
     *
     * @param command the command line of the run
     */
    public static String render(DeliverMeasurements measurements, String machine, String command) {
        return new DeliverReport(measurements).render(machine, command);
    }

    private String render(String machine, String command) {
        text.append(machine).append("\n\n`").append(command).append("`\n\n");
        figures();
        if (!comparison.cases().isEmpty()) {
            ratios();
        }
        if (!comparison.targets().isEmpty()) {
            targets();
        }
        text.append("Records: ").append(measurements.balance()).append('\n');
        return text.toString();
    }

    private void figures() {
        row("| case | program | records/s | CPU µs/record | JIT µs/record | at records/s | p50 ms | p99 ms |");
        row("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        for (DeliverCase row : measurements.cases()) {
            for (String program : List.of(FLOOR, GATEWAY)) {
                measurements.median(program, row).ifPresent(median -> figures(row, program, median));
            }
        }
        text.append('\n');
    }

    private void figures(DeliverCase row, String program, Figures median) {
        row(
                "| %-29s | %-7s | %,7.0f | %6.1f | %6.1f | %,6d | %6.2f | %6.2f |",
                row.label(),
                program,
                median.recordsPerSecond(),
                median.cpuMicros(),
                median.jitMicros(),
                median.rate(),
                median.p50(),
                median.p99());
    }

    private void ratios() {
        row("| gateway against the floor | records/s × | CPU × | with JIT × | p50 difference ms |");
        row("| --- | ---: | ---: | ---: | ---: |");
        for (DeliverCase row : comparison.cases()) {
            row(
                    "| %-29s | %.2f | %.2f | %.2f | %+.2f |",
                    row.label(),
                    comparison.ratio(row, Figures::recordsPerSecond),
                    comparison.ratio(row, Figures::cpuMicros),
                    comparison.ratio(row, Figures::allMicros),
                    comparison.p50Difference(row));
        }
        text.append('\n');
    }

    private void targets() {
        row("| target | measured | limit | |");
        row("| --- | ---: | ---: | --- |");
        comparison.targets().forEach(target -> text.append(target.row()).append('\n'));
        text.append('\n');
    }

    private void row(String format, Object... figures) {
        text.append(String.format(Locale.ROOT, format, figures)).append('\n');
    }
}
