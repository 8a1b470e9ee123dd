package io.sluice.bench;

import io.sluice.bench.floor.idle.IdleFloorMain;
import io.sluice.bench.idle.IdleReport;
import io.sluice.bench.idle.Use;
import io.sluice.bench.proc.Child;
import io.sluice.bench.proc.Jvm;
import io.sluice.bench.proc.KafkaNode;
import io.sluice.bench.report.Machine;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench/run idle}: what input bindings cost while there is nothing to deliver. */
@Command(
        name = "idle",
        mixinStandardHelpOptions = true,
        description = "CPU of a gateway whose input bindings, each with a topic of its own, have nothing to deliver,"
                + " and of as many plain consumers.")
final class IdleCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String FLOOR = "floor";

    @Option(names = "--bindings", defaultValue = "20", description = "Input bindings (default: ${DEFAULT-VALUE}).")
    private int bindings;

    @Option(
            names = "--after",
            split = ",",
            defaultValue = "60,300",
            description = "Seconds between the ready line and each measurement, ascending (default: ${DEFAULT-VALUE}).")
    private List<Integer> after = List.of();

    @Option(
            names = "--seconds",
            defaultValue = "30",
            description = "Length of each measurement (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--gateway-only", description = "Leave the floor out.")
    private boolean gatewayOnly;

    @Mixin
    private Surroundings surroundings = new Surroundings();

    @Mixin
    private Recording recording = new Recording();

    @Override
    public Integer call() throws Exception {
        Path folder = surroundings.newFolder();
        Path data = folder.resolve("kafka");
        var uses = new ArrayList<Use>();
        Vertx vertx = Vertx.vertx();
        try (var kafka = KafkaNode.start(data)) {
            for (String topic : topics()) {
                kafka.createTopic(topic);
            }
            if (!gatewayOnly) {
                uses.addAll(measure(FLOOR, floor(kafka.brokers(), folder), folder));
            }
            uses.addAll(measure(Program.Gateway.NAME, gateway(kafka.brokers(), startApp(vertx), folder), folder));
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
        KafkaNode.erase(data);
        String report =
                IdleReport.render(uses, bindings, Program.Gateway.NAME, Machine.describe(), recording.commandLine());
        recording.keep(folder, "idle", report);
        return 0;
    }

    private List<String> topics() {
        return IntStream.rangeClosed(1, bindings)
                .mapToObj(number -> "idle-" + number)
                .toList();
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

    private List<String> floor(String brokers, Path folder) {
        List<String> args = Stream.concat(Stream.of(brokers), topics().stream()).toList();
        return Jvm.main(surroundings.jvmFlags(folder.resolve(FLOOR)), IdleFloorMain.class.getName(), args);
    }

    private List<String> gateway(String brokers, int appPort, Path folder) throws IOException {
        Path stem = folder.resolve(Program.Gateway.NAME);
        var site = new Program.Site(brokers, "", Jvm.freePort(), surroundings.jvmFlags(stem), stem);
        var flags = List.of("--app-port", Integer.toString(appPort));
        return Program.Gateway.command(surroundings.jar(), site, components(brokers), flags);
    }

    private List<Use> measure(String program, List<String> command, Path folder)
            throws IOException, InterruptedException {
        var uses = new ArrayList<Use>();
        try (Child child = Child.start(command, folder.resolve(program + ".log"), Program.READY)) {
            child.awaitReady(PATIENCE);
            long ready = System.nanoTime();
            for (int begin : after) {
                TimeUnit.NANOSECONDS.sleep(ready + TimeUnit.SECONDS.toNanos(begin) - System.nanoTime());
                uses.add(Use.of(program, child, begin, Duration.ofSeconds(seconds)));
            }
        }
        return uses;
    }

    private String components(String brokers) {
        return topics().stream().map(topic -> """
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
            """.formatted(topic, brokers)).collect(Collectors.joining("---\n"));
    }
}
