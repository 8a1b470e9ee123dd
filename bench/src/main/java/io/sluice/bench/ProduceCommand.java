package io.sluice.bench;

import io.sluice.bench.ledger.RecordForm;
import io.sluice.bench.report.Goals;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench/run produce}: HTTP requests to acknowledged records, gateway against floors. */
@Command(
        name = "produce",
        mixinStandardHelpOptions = true,
        description = "One HTTP request becomes one acknowledged record: the gateway against the floor programs.")
final class ProduceCommand implements Callable<Integer> {
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

    @Mixin
    private ProduceOptions options = new ProduceOptions();

    @Override
    public Integer call() throws Exception {
        return options.run("produce", programs(), RecordForm.JSON, Goals.PRODUCE);
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
            programs.add(new Program.Gateway(options.jar()));
        }
        return programs;
    }
}
