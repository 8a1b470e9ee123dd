package io.sluice.bench;

import io.sluice.bench.ledger.RecordForm;
import io.sluice.bench.proc.OneSchemaRegistry;
import io.sluice.bench.report.Goals;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bench/run avro}: the same requests as {@code produce}, and records in Avro. */
@Command(
        name = "avro",
        mixinStandardHelpOptions = true,
        description =
                "One HTTP request with JSON becomes one acknowledged record in Avro: the gateway against a program"
                        + " that writes with Avro's own classes.")
final class AvroCommand implements Callable<Integer> {
    @Mixin
    private ProduceOptions options = new ProduceOptions();

    @Override
    public Integer call() throws Exception {
        try (var registry = OneSchemaRegistry.start()) {
            List<Program> programs = List.of(
                    new AvroProgram.Floor(0),
                    new AvroProgram.Floor(5),
                    new AvroProgram.Gateway(options.jar(), registry.url()));
            return options.run("avro", programs, RecordForm.AVRO, Goals.AVRO);
        }
    }
}
