package io.sluice.bench.report;

import io.sluice.bench.load.LoadShape;
import io.sluice.bench.proc.Memory;
import java.util.Locale;

/** The report of {@code bench/run produce} and {@code bench/run avro}, in Markdown that reads well in a terminal. */
public final class ProduceReport {
    private final Measurements measurements;
    private final Comparison comparison;
    private final Goals goals;
    private final StringBuilder text = new StringBuilder();

    private ProduceReport(Measurements measurements, Goals goals, String gateway) {
        this.measurements = measurements;
        this.goals = goals;
        this.comparison = new Comparison(measurements, gateway);
    }

    /**
     * Renders the medians, the ratios and the balance of records.
     *
     * @param goals what the ratios are held against
     * @param gateway the name under which the gateway was measured; every other program is a floor
     * @param command the command line of the run
     */
    public static String render(
            Measurements measurements, Goals goals, String gateway, String machine, String command) {
        return new ProduceReport(measurements, goals, gateway).render(machine, command);
    }

    private String render(String machine, String command) {
        text.append(machine).append("\n\n`").append(command).append("`\n\n");
        loads();
        memory();
        if (comparison.possible()) {
            ratios();
            targets();
        }
        text.append("Records: ").append(measurements.balance()).append('\n');
        return text.toString();
    }

    private void loads() {
        row("| load | program | requests/s | p50 ms | p99 ms | p99.9 ms | CPU µs/request | not 204 |");
        row("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        for (LoadShape load : measurements.loads()) {
            for (String program : measurements.programs()) {
                Sample median = measurements.median(program, load);
                row(
                        "| %-15s | %-22s | %,8.0f | %7.2f | %7.2f | %7.2f | %6.1f | %d |",
                        load.label(),
                        program,
                        median.requestsPerSecond(),
                        median.p50(),
                        median.p99(),
                        median.p999(),
                        median.cpuMicros(),
                        median.failed());
            }
        }
        text.append('\n');
    }

    private void memory() {
        row("| program | RSS MiB | peak RSS MiB |");
        row("| --- | ---: | ---: |");
        for (String program : measurements.programs()) {
            row(
                    "| %-22s | %5.0f | %5.0f |",
                    program,
                    measurements.memoryMib(program, Memory::residentKib),
                    measurements.memoryMib(program, Memory::peakKib));
        }
        text.append('\n');
    }

    private void ratios() {
        row("| gateway against the best floor | requests/s × | CPU × | p50 difference ms |");
        row("| --- | ---: | ---: | ---: |");
        for (LoadShape load : measurements.loads()) {
            row(
                    "| %-15s | %.2f | %.2f | %+.2f |",
                    load.label(),
                    comparison.throughputRatio(load),
                    comparison.cpuRatio(load),
                    comparison.p50Difference(load));
        }
        text.append('\n');
    }

    private void targets() {
        row("| target | measured | limit | |");
        row("| --- | ---: | ---: | --- |");
        comparison.targets(goals).forEach(target -> text.append(target.row()).append('\n'));
        text.append('\n');
    }

    private void row(String format, Object... figures) {
        text.append(String.format(Locale.ROOT, format, figures)).append('\n');
    }
}
