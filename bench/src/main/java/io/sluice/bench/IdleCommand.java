package io.sluice.bench;

import io.sluice.bench.proc.Child;
import io.sluice.bench.proc.Jvm;
import io.sluice.bench.proc.KafkaNode;
import io.sluice.bench.report.Machine;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench/run idle}: what input bindings cost while there is nothing to deliver. */
@Command(
        name = "idle",
        mixinStandardHelpOptions = true,
        description = "CPU of a gateway whose input bindings, each with a topic of its own, have nothing to deliver.")
final class IdleCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final double MOST_PERCENT = 2;

    @Option(names = "--bindings", defaultValue = "20", description = "Input bindings (default: ${DEFAULT-VALUE}).")
    private int bindings;

    @Option(
            names = "--settle",
            defaultValue = "60",
            description = "Seconds between the ready line and the measurement (default: ${DEFAULT-VALUE}).")
    private int settle;

    @Option(names = "--seconds", defaultValue = "10", description = "Measured seconds (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Mixin
    private Surroundings surroundings = new Surroundings();

    @Override
    public Integer call() throws Exception {
        Path folder = surroundings.newFolder();
        Path data = folder.resolve("kafka");
        double percent;
        Vertx vertx = Vertx.vertx();
        try (var kafka = KafkaNode.start(data)) {
            percent = measure(kafka, startApp(vertx), folder.resolve("gateway"));
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
        KafkaNode.erase(data);
        print(percent);
        return 0;
    }

    /** An app that only has to be there. */
    private static int startApp(Vertx vertx) throws Exception {
        return vertx.createHttpServer()
                .requestHandler(request -> request.response().end())
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .actualPort();
    }

    private double measure(KafkaNode kafka, int appPort, Path stem)
            throws IOException, InterruptedException, ExecutionException {
        for (int i = 1; i <= bindings; i++) {
            kafka.createTopic(topic(i));
        }
        var site = new Program.Site(kafka.brokers(), "", Jvm.freePort(), surroundings.jvmFlags(stem), stem);
        var flags = List.of("--app-port", Integer.toString(appPort));
        var command = Program.Gateway.command(surroundings.jar(), site, components(kafka.brokers()), flags);
        try (Child child = Child.start(command, Path.of(stem + ".log"), Program.READY)) {
            child.awaitReady(PATIENCE);
            TimeUnit.SECONDS.sleep(settle);
            long cpu = child.cpuMicros();
            long start = System.nanoTime();
            TimeUnit.SECONDS.sleep(seconds);
            return 100.0 * (child.cpuMicros() - cpu) * 1000 / (System.nanoTime() - start);
        }
    }

    private String components(String brokers) {
        return IntStream.rangeClosed(1, bindings)
                .mapToObj(i -> """
                        apiVersion: dapr.io/v1alpha1
                        kind: Component
                        metadata:
                          name: %1$s
                        spec:
                          type: bindings.kafka
                          version: v1
                          metadata:
                            - name: brokers
                              value: "%2$s"
                            - name: topics
                              value: "%1$s"
                            - name: consumerGroup
                              value: "%1$s"
                            - name: authType
                              value: "none"
                            - name: direction
                              value: "input"
                        """.formatted(topic(i), brokers))
                .collect(Collectors.joining("---\n"));
    }

    private static String topic(int number) {
        return "idle-" + number;
    }

    private void print(double percent) throws IOException {
        System.out.printf(
                Locale.ROOT,
                "%s%n%d idle input bindings use %.2f %% of a core over %d s (target: less than %.0f %%): %s%n",
                Machine.describe(),
                bindings,
                percent,
                seconds,
                MOST_PERCENT,
                percent < MOST_PERCENT ? "ok" : "FAIL");
    }
}
