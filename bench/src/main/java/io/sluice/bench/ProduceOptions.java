package io.sluice.bench;

import io.sluice.bench.ledger.RecordForm;
import io.sluice.bench.load.LoadShape;
import io.sluice.bench.load.Window;
import io.sluice.bench.proc.KafkaNode;
import io.sluice.bench.report.Goals;
import io.sluice.bench.report.Machine;
import io.sluice.bench.report.Measurements;
import io.sluice.bench.report.ProduceReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags of the commands that send requests and read the records back, and their course. */
final class ProduceOptions {
    @Option(names = "--rounds", defaultValue = "3", description = "Starts of each program (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--seconds",
            defaultValue = "7",
            description = "Measured seconds of each load (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--warmup",
            defaultValue = "2",
            description = "Seconds before each measurement, three times as many after a start"
                    + " (default: ${DEFAULT-VALUE}).")
    private int warmup;

    @Option(
            names = "--connections",
            split = ",",
            defaultValue = "1,16,64,256",
            description = "Connections of the closed loops (default: ${DEFAULT-VALUE}).")
    private List<Integer> connections = List.of();

    @Option(
            names = "--rate",
            defaultValue = "1000",
            description = "Requests/s of the open loop, over 16 connections; 0 = none (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Mixin
    private Surroundings surroundings = new Surroundings();

    @Mixin
    private Recording recording = new Recording();

    /** The gateway's jar. */
    Path jar() {
        return surroundings.jar();
    }

    /**
     * Measures the programs, prints the report and records it.
     *
     * @param command its name
     * @param form what the programs write
     * @return the exit code
     */
    int run(String command, List<Program> programs, RecordForm form, Goals goals) throws Exception {
        Path folder = surroundings.newFolder();
        System.out.println("logs and data: " + folder);
        Measurements measured = measure(folder, programs, form);
        String report = ProduceReport.render(
                measured, goals, Program.Gateway.NAME, Machine.describe(), recording.commandLine());
        recording.keep(folder, command, report);
        return measured.balance().clean() && measured.failed() == 0 ? 0 : 1;
    }

    private Measurements measure(Path folder, List<Program> programs, RecordForm form) throws Exception {
        Path data = folder.resolve("kafka");
        Measurements measured;
        try (var kafka = KafkaNode.start(data)) {
            measured = new ProduceRun(kafka, surroundings, folder, new ProduceRun.Plan(loads(), window(), form))
                    .measure(programs, rounds);
        }
        if (measured.balance().clean()) {
            KafkaNode.erase(data);
        }
        return measured;
    }

    private List<LoadShape> loads() {
        var loads = new ArrayList<>(connections.stream().map(LoadShape::closed).toList());
        if (rate > 0) {
            loads.add(LoadShape.open(rate, 16));
        }
        return loads;
    }

    private Window window() {
        return new Window(Duration.ofSeconds(warmup), Duration.ofSeconds(seconds));
    }
}
