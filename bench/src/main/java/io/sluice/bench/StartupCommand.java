package io.sluice.bench;

import io.sluice.bench.proc.Child;
import io.sluice.bench.proc.Jvm;
import io.sluice.bench.proc.KafkaNode;
import io.sluice.bench.proc.Memory;
import io.sluice.bench.report.Machine;
import io.sluice.bench.report.Median;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench/run startup}: from exec to the ready line, and the memory of an idle gateway. */
@Command(
        name = "startup",
        mixinStandardHelpOptions = true,
        description = "Time from exec to the gateway's ready line, and its memory when idle for 5 seconds.")
final class StartupCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final String TOPIC = "startup";

    @Option(names = "--rounds", defaultValue = "5", description = "Starts (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Mixin
    private Surroundings surroundings = new Surroundings();

    /** One start. */
    private record Start(Duration ready, Memory idle) {}

    @Override
    public Integer call() throws Exception {
        Path folder = surroundings.newFolder();
        var starts = new ArrayList<Start>();
        Path data = folder.resolve("kafka");
        try (var kafka = KafkaNode.start(data)) {
            kafka.createTopic(TOPIC);
            for (int round = 1; round <= rounds; round++) {
                starts.add(start(kafka.brokers(), folder.resolve("gateway-" + round)));
            }
        }
        KafkaNode.erase(data);
        print(starts);
        return 0;
    }

    private Start start(String brokers, Path stem) throws IOException, InterruptedException {
        var site = new Program.Site(brokers, TOPIC, Jvm.freePort(), surroundings.jvmFlags(stem), stem);
        try (Child child = new Program.Gateway(surroundings.jar()).start(site)) {
            Duration ready = child.awaitReady(PATIENCE);
            Thread.sleep(IDLE.toMillis());
            return new Start(ready, child.memory());
        }
    }

    private static void print(List<Start> starts) throws IOException {
        System.out.printf(
                Locale.ROOT,
                "%s%nmedian of %d starts: ready after %.0f ms, %.0f MiB resident after %d s idle%n",
                Machine.describe(),
                starts.size(),
                Median.of(starts, start -> start.ready().toMillis()),
                Median.of(starts, start -> start.idle().residentKib()) / 1024,
                IDLE.toSeconds());
    }
}
