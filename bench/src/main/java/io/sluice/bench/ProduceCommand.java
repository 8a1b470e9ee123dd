package io.sluice.bench;

import io.sluice.bench.load.LoadShape;
import io.sluice.bench.load.Window;
import io.sluice.bench.proc.KafkaNode;
import io.sluice.bench.report.Machine;
import io.sluice.bench.report.Measurements;
import io.sluice.bench.report.ProduceReport;
import io.sluice.bench.report.ResultsFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench/run produce}: HTTP requests to acknowledged records, gateway against floors. */
@Command(
        name = "produce",
        mixinStandardHelpOptions = true,
        description = "One HTTP request becomes one acknowledged record: the gateway against the floor programs.")
final class ProduceCommand implements Callable<Integer> {
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

    @Option(
            names = "--floor-client",
            split = ",",
            defaultValue = "kafka",
            description = "The floors' producer: kafka, vertx or both (default: ${DEFAULT-VALUE}).")
    private List<String> floorClients = List.of();

    @Option(names = "--floors-only", description = "Leave the gateway out.")
    private boolean floorsOnly;

    @Option(
            names = "--gateway-only",
            description = "Leave the floors out: no ratios, but a quick look, with --profile for instance.")
    private boolean gatewayOnly;

    @Option(names = "--record", description = "Replace the block of this command in the given results file.")
    private @Nullable Path record;

    @Mixin
    private Surroundings surroundings = new Surroundings();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Path folder = surroundings.newFolder();
        System.out.println("logs and data: " + folder);
        Measurements measured = measure(folder);
        String report = ProduceReport.render(measured, Program.Gateway.NAME, Machine.describe(), commandLine());
        System.out.println("\n" + report);
        Files.writeString(folder.resolve("report.md"), report);
        if (record != null) {
            ResultsFile.replace(record, "produce", report);
        }
        return measured.balance().clean() && measured.failed() == 0 ? 0 : 1;
    }

    private Measurements measure(Path folder) throws Exception {
        Path data = folder.resolve("kafka");
        Measurements measured;
        try (var kafka = KafkaNode.start(data)) {
            measured = new ProduceRun(kafka, surroundings, folder, loads(), window()).measure(programs(), rounds);
        }
        if (measured.balance().clean()) {
            KafkaNode.erase(data);
        }
        return measured;
    }

    private List<Program> programs() {
        var programs = new ArrayList<Program>();
        if (!gatewayOnly) {
            for (String client : floorClients) {
                programs.add(new Program.Floor(client, 0));
                programs.add(new Program.Floor(client, 5));
            }
        }
        if (!floorsOnly) {
            programs.add(new Program.Gateway(surroundings.jar()));
        }
        return programs;
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

    private String commandLine() {
        List<String> args =
                spec == null ? List.of() : spec.commandLine().getParseResult().originalArgs();
        return "bench/run " + String.join(" ", args);
    }
}
