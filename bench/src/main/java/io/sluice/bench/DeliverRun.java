package io.sluice.bench;

import io.sluice.bench.deliver.App;
import io.sluice.bench.deliver.DeliverCase;
import io.sluice.bench.deliver.Feed;
import io.sluice.bench.deliver.Figures;
import io.sluice.bench.deliver.Plan;
import io.sluice.bench.deliver.Session;
import io.sluice.bench.deliver.StalledException;
import io.sluice.bench.deliver.Topology;
import io.sluice.bench.ledger.DeliveryBalance;
import io.sluice.bench.ledger.DeliveryLedger;
import io.sluice.bench.proc.Child;
import io.sluice.bench.proc.CpuTime;
import io.sluice.bench.proc.Jvm;
import io.sluice.bench.proc.KafkaNode;
import io.sluice.bench.report.DeliverMeasurements;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;

/** Starts the programs in turns, topology by topology, and takes each through the topology's plan. */
final class DeliverRun {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final KafkaNode kafka;
    private final Vertx vertx;
    private final Surroundings surroundings;
    private final Path folder;
    private final int idlePartitions;
    private final DeliverMeasurements measurements = new DeliverMeasurements();

    /** @param idlePartitions that each topic has besides those with records */
    DeliverRun(KafkaNode kafka, Vertx vertx, Surroundings surroundings, Path folder, int idlePartitions) {
        this.kafka = kafka;
        this.vertx = vertx;
        this.surroundings = surroundings;
        this.folder = folder;
        this.idlePartitions = idlePartitions;
    }

    /** @param programs their names */
    DeliverMeasurements measure(List<String> programs, List<Plan> plans, int rounds)
            throws IOException, InterruptedException, ExecutionException {
        // Whoever came first would otherwise pay for Kafka's and the app's cold code.
        run(programs.get(0), "rehearsal", plans.get(plans.size() - 1).rehearsal());
        var order = new ArrayList<>(programs);
        for (int round = 1; round <= rounds; round++) {
            for (Plan plan : plans) {
                for (String program : order) {
                    run(program, Integer.toString(round), plan);
                }
            }
            Collections.rotate(order, -1);
        }
        return measurements;
    }

    private void run(String name, String round, Plan plan)
            throws IOException, InterruptedException, ExecutionException {
        Topology topology = plan.topology();
        String topic = (name + " " + topology.label() + " " + round).replaceAll("\\W+", "-");
        kafka.createTopic(topic, topology.partitions() + idlePartitions);
        var ledger = new DeliveryLedger(plan.total(), topology.lanes(), topology::laneOf);
        int appPort = Jvm.freePort();
        String deployment = await(vertx.deployVerticle(new App(appPort, ledger, plan.latencies())));
        try (var feed = new Feed(kafka.brokers(), topic, topology, ledger)) {
            feed.fill(plan.backlog());
            drive(program(name, topology, appPort), topic, cpu -> new Session(plan, ledger, feed, cpu));
        }
        await(vertx.undeploy(deployment));
        settle(topic, ledger.balance());
    }

    private void drive(Program program, String topic, Function<Supplier<CpuTime>, Session> sessions)
            throws IOException, InterruptedException {
        Path stem = folder.resolve(topic);
        var site = new Program.Site(kafka.brokers(), topic, Jvm.freePort(), surroundings.jvmFlags(stem), stem);
        try (Child child = program.start(site)) {
            child.awaitReady(PATIENCE);
            sessions.apply(child::cpuTime).measure().forEach((row, figures) -> note(program, row, figures));
        } catch (StalledException e) {
            // The balance tells the loss; the other programs are still worth measuring.
            System.out.println(topic + ": " + e.getMessage());
        }
    }

    private Program program(String name, Topology topology, int appPort) {
        return name.equals(DeliveringProgram.Floor.NAME)
                ? new DeliveringProgram.Floor(topology.ordering(), appPort)
                : new DeliveringProgram.Gateway(surroundings.jar(), topology.ordering(), appPort);
    }

    private void note(Program program, DeliverCase row, Figures figures) {
        measurements.add(program.name(), row, figures);
        System.out.printf(
                Locale.ROOT,
                "%-8s %-29s %,8.0f records/s, CPU %.1f µs/record, JIT %.1f; at %,d records/s p50 %.2f, p99 %.2f ms%n",
                program.name(),
                row.label(),
                figures.recordsPerSecond(),
                figures.cpuMicros(),
                figures.jitMicros(),
                figures.rate(),
                figures.p50(),
                figures.p99());
    }

    private void settle(String topic, DeliveryBalance balance) throws InterruptedException, ExecutionException {
        measurements.finish(balance);
        System.out.println(topic + ": " + balance);
        // What is wrong with a topic should be there to be looked at.
        if (balance.clean()) {
            kafka.deleteTopic(topic);
        }
    }

    private static <T> T await(Future<T> future) throws InterruptedException, ExecutionException {
        return future.toCompletionStage().toCompletableFuture().get();
    }
}
