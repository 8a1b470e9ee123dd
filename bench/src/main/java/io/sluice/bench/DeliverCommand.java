package io.sluice.bench;

import io.sluice.bench.deliver.Ordering;
import io.sluice.bench.deliver.Plan;
import io.sluice.bench.deliver.Topology;
import io.sluice.bench.proc.KafkaNode;
import io.sluice.bench.report.DeliverMeasurements;
import io.sluice.bench.report.DeliverReport;
import io.sluice.bench.report.Machine;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench/run deliver}: records to acknowledged calls of an app, gateway against floor. */
@Command(
        name = "deliver",
        mixinStandardHelpOptions = true,
        description = "One record becomes one call of the app that acknowledges it: the gateway against the floor.")
final class DeliverCommand implements Callable<Integer> {
    @Option(names = "--rounds", defaultValue = "1", description = "Starts of each program (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--seconds",
            defaultValue = "4",
            description = "Length of each drain, roughly, and of each fixed rate (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--warmup",
            defaultValue = "5",
            description = "Seconds after each start, roughly (default: ${DEFAULT-VALUE}).")
    private int warmup;

    @Option(
            names = "--partitions",
            split = ",",
            defaultValue = "1,6",
            description = "Partitions of the topics (default: ${DEFAULT-VALUE}).")
    private List<Integer> partitions = List.of();

    @Option(
            names = "--ordering",
            split = ",",
            defaultValue = "partition,key",
            description = "What stays in order (default: ${DEFAULT-VALUE}).")
    private List<Ordering> orderings = List.of();

    @Option(
            names = "--app-millis",
            split = ",",
            defaultValue = "0,5",
            description = "Milliseconds the app takes for a record (default: ${DEFAULT-VALUE}).")
    private List<Integer> appMillis = List.of();

    @Option(
            names = "--rate",
            defaultValue = "1000",
            description = "Records/s of the fixed rate, where a case can do twice as many (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--idle-partitions",
            defaultValue = "0",
            description = "Partitions without records that each topic has besides (default: ${DEFAULT-VALUE}).")
    private int idlePartitions;

    @Option(names = "--floor-only", description = "Leave the gateway out.")
    private boolean floorOnly;

    @Option(names = "--gateway-only", description = "Leave the floor out: no ratios, but a quick look.")
    private boolean gatewayOnly;

    @Mixin
    private Surroundings surroundings = new Surroundings();

    @Mixin
    private Recording recording = new Recording();

    @Override
    public Integer call() throws Exception {
        Path folder = surroundings.newFolder();
        System.out.println("logs and data: " + folder);
        DeliverMeasurements measured = measure(folder);
        String report = DeliverReport.render(measured, Machine.describe(), recording.commandLine());
        recording.keep(folder, idlePartitions == 0 ? "deliver" : "deliver-beside-idle", report);
        return measured.balance().clean() ? 0 : 1;
    }

    private DeliverMeasurements measure(Path folder) throws Exception {
        Path data = folder.resolve("kafka");
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        DeliverMeasurements measured;
        try (var kafka = KafkaNode.start(data)) {
            measured = new DeliverRun(kafka, vertx, surroundings, folder, idlePartitions)
                    .measure(programs(), plans(), rounds);
        }
        if (measured.balance().clean()) {
            KafkaNode.erase(data);
        }
        return measured;
    }

    private List<String> programs() {
        return Stream.of(DeliveringProgram.Floor.NAME, DeliveringProgram.Gateway.NAME)
                .filter(name -> !floorOnly || name.equals(DeliveringProgram.Floor.NAME))
                .filter(name -> !gatewayOnly || name.equals(DeliveringProgram.Gateway.NAME))
                .toList();
    }

    private List<Plan> plans() {
        return partitions.stream()
                .flatMap(count -> orderings.stream().map(ordering -> new Topology(count, ordering)))
                .map(topology -> new Plan(topology, appMillis, warmup, seconds, rate))
                .toList();
    }
}
