package io.sluice.bench;

import io.sluice.bench.ledger.Balance;
import io.sluice.bench.ledger.IdLedger;
import io.sluice.bench.ledger.RecordForm;
import io.sluice.bench.ledger.TopicReader;
import io.sluice.bench.load.LoadGenerator;
import io.sluice.bench.load.LoadShape;
import io.sluice.bench.load.RequestTemplate;
import io.sluice.bench.load.Window;
import io.sluice.bench.proc.Child;
import io.sluice.bench.proc.Jvm;
import io.sluice.bench.proc.KafkaNode;
import io.sluice.bench.proc.Memory;
import io.sluice.bench.report.Measurements;
import io.sluice.bench.report.Sample;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;

/** Starts the programs in turns, round by round, loads each and reads its topic back. */
final class ProduceRun {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final LoadShape FIRST_WARMUP = LoadShape.closed(64);
    private static final int FIRST_WARMUP_FACTOR = 3;
    private static final String HOST = "127.0.0.1";

    private final KafkaNode kafka;
    private final Surroundings surroundings;
    private final Path folder;
    private final Plan plan;
    private final Measurements measurements = new Measurements();

    /**
     * What is measured.
     *
     * @param form what the programs write
     */
    record Plan(List<LoadShape> loads, Window window, RecordForm form) {}

    ProduceRun(KafkaNode kafka, Surroundings surroundings, Path folder, Plan plan) {
        this.kafka = kafka;
        this.surroundings = surroundings;
        this.folder = folder;
        this.plan = plan;
    }

    Measurements measure(List<Program> programs, int rounds)
            throws IOException, InterruptedException, ExecutionException {
        // Whoever came first would otherwise pay for Kafka's and the generator's cold code.
        run(programs.get(0), "rehearsal", List.of());
        var order = new ArrayList<>(programs);
        for (int round = 1; round <= rounds; round++) {
            for (Program program : order) {
                measure(program, Integer.toString(round));
            }
            Collections.rotate(order, -1);
        }
        return measurements;
    }

    private void measure(Program program, String round) throws IOException, InterruptedException, ExecutionException {
        Outcome outcome = run(program, round, plan.loads());
        measurements.finish(program.name(), outcome.memory(), outcome.balance());
        System.out.println(program.name() + ": " + outcome.balance());
    }

    /** What is known of a program after all loads. */
    private record Outcome(Memory memory, Balance balance) {}

    private Outcome run(Program program, String round, List<LoadShape> shapes)
            throws IOException, InterruptedException, ExecutionException {
        String topic = program.name().replaceAll("\\W+", "-") + "-" + round;
        Path stem = folder.resolve(topic);
        kafka.createTopic(topic);
        int port = Jvm.freePort();
        var site = new Program.Site(kafka.brokers(), topic, port, surroundings.jvmFlags(stem), stem);
        var ledger = new IdLedger();
        Memory memory;
        try (Child child = program.start(site)) {
            child.awaitReady(PATIENCE);
            load(program, generator(child, port, ledger), shapes);
            memory = child.memory();
        }
        TopicReader.readInto(ledger, kafka.brokers(), topic, plan.form(), RequestTemplate.ID_BASE);
        Balance balance = ledger.balance();
        // What is wrong in a topic should be there to be looked at.
        if (balance.clean()) {
            kafka.deleteTopic(topic);
        }
        return new Outcome(memory, balance);
    }

    private static LoadGenerator generator(Child child, int port, IdLedger ledger) throws IOException {
        var template = new RequestTemplate(HOST, port, "/v1.0/bindings/bench");
        var target = new InetSocketAddress(InetAddress.getByName(HOST), port);
        return new LoadGenerator(target, template, ledger, child::cpuMicros);
    }

    private void load(Program program, LoadGenerator generator, List<LoadShape> shapes) throws IOException {
        Duration first = plan.window().warmup().multipliedBy(FIRST_WARMUP_FACTOR);
        long failed =
                generator.run(FIRST_WARMUP, new Window(first, Duration.ZERO)).failed();
        for (LoadShape shape : shapes) {
            Sample sample = Sample.of(generator.run(shape, plan.window())).plusFailed(failed);
            failed = 0;
            measurements.add(program.name(), shape, sample);
            System.out.println(line(program, shape, sample));
        }
    }

    private static String line(Program program, LoadShape load, Sample sample) {
        return String.format(
                Locale.ROOT,
                "%-22s %-15s %,8.0f requests/s, p50 %.2f, p99 %.2f, p99.9 %.2f ms, CPU %.1f µs/request, not 204: %d",
                program.name(),
                load.label(),
                sample.requestsPerSecond(),
                sample.p50(),
                sample.p99(),
                sample.p999(),
                sample.cpuMicros(),
                sample.failed());
    }
}
