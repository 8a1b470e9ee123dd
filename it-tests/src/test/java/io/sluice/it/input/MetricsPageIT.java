package io.sluice.it.input;

import static io.sluice.it.input.Stage.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dapr.client.DaprClient;
import io.dapr.client.DaprClientBuilder;
import io.dapr.config.Properties;
import io.grpc.InsecureServerCredentials;
import io.sluice.it.gateway.Component;
import io.sluice.it.gateway.TestGateway;
import io.sluice.it.kafka.TestKafka;
import io.sluice.it.kafka.WithKafka;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The metrics that gateways show, and {@code docs/metrics.md}. */
@WithKafka
class MetricsPageIT {
    private static final Path GUIDE = Path.of("..", "docs", "metrics.md");
    /** What takes a defect, or a record with headers that stay behind, to be seen; the sources have the names. */
    private static final Set<String> RARE =
            Set.of("dapr_runtime_component_init_fail_total", "sluice_input_excluded_headers_total");

    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+) (\\S+)$");
    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z]\\w*)(?:\\{(.*)})? \\S+$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `((?:dapr|sluice)_\\w+)` \\| (\\w+) \\| ([^|]*) \\|");
    private static final Pattern QUOTED = Pattern.compile("`(\\w+)`");

    @Test
    void theGuideHasEveryMetricWithItsTypeAndLabels(TestKafka kafka) throws Exception {
        Map<String, String> shown = new TreeMap<>();
        shown.putAll(ofAnHttpApp(kafka));
        shown.putAll(ofAGrpcApp(kafka));

        Map<String, String> told = told();

        RARE.forEach(name -> shown.put(name, told.getOrDefault(name, "missing")));
        assertThat(told).containsExactlyInAnyOrderEntriesOf(shown);
    }

    /** Prometheus keeps each line for weeks, and a gateway may have hundreds of bindings. */
    @Test
    void aBindingHasAtMostFortyLinesHoweverItsCallsEndAndOneMoreForEachPartition(TestKafka kafka) throws Exception {
        int partitions = 12;
        try (TestApp app = new TestApp().listen();
                TestGateway gateway = TestGateway.start(
                        Map.of(),
                        List.of(
                                Component.input(kafka, "in", kafka.newTopic(partitions, Map.of())),
                                Component.output(kafka, "out", kafka.newTopic())),
                        "--app-port=" + app.port())) {
            gateway.call("out", TestGateway.envelope("1"));
            gateway.call("out", TestGateway.envelope("\"" + "x".repeat(5_000) + "\""));
            gateway.call("out", "{\"operation\":\"list\"}");
            eventually().until(() -> linesOf("in", gateway).size() >= partitions);

            assertThat(gateway.metric("dapr_component_output_binding_count", "component=\"out\""))
                    .as("calls of all kinds")
                    .isEqualTo(3);
            assertThat(linesOf("out", gateway)).hasSizeLessThanOrEqualTo(40);
            assertThat(linesOf("in", gateway)).hasSizeLessThanOrEqualTo(28 + partitions);
        }
    }

    private static List<String> linesOf(String binding, TestGateway gateway) {
        return gateway.metrics()
                .lines()
                .filter(line -> line.contains("component=\"" + binding + "\"")
                        || line.matches(".*target=\"(input|output):" + binding + "\".*"))
                .toList();
    }

    private Map<String, String> ofAnHttpApp(TestKafka kafka) throws Exception {
        String topic = kafka.newTopic();
        Component in = Component.input(kafka, "in", topic)
                .with("deadLetterTopic", kafka.newTopic())
                .with("schemaRegistryURL", "http://127.0.0.1:1")
                .with("valueSchemaType", "Avro");
        Path folder = TestGateway.folderWith(Map.of(
                "in.yaml",
                in.yaml(),
                "out.yaml",
                Component.output(kafka, "out", topic).yaml()));
        try (TestApp app = new TestApp().listen();
                TestGateway gateway = TestGateway.start(
                        folder,
                        Map.of(),
                        "--app-port=" + app.port(),
                        "--enable-app-health-check",
                        "--app-health-probe-interval=1")) {
            gateway.call("out", TestGateway.envelope("1"));
            overGrpc(gateway);
            eventually().until(() -> !app.taken().isEmpty());
            Files.writeString(
                    folder.resolve("more.yaml"),
                    Component.output(kafka, "more", topic).yaml());
            eventually().until(() -> gateway.metric("sluice_component_reloads_total") > 0);
            return families(gateway.metrics());
        }
    }

    private static void overGrpc(TestGateway gateway) throws Exception {
        DaprClient client = new DaprClientBuilder()
                .withPropertyOverride(Properties.GRPC_PORT, String.valueOf(gateway.grpcPort()))
                .build();
        try {
            client.invokeBinding("out", "create", "2").block();
        } finally {
            client.close();
        }
    }

    private Map<String, String> ofAGrpcApp(TestKafka kafka) {
        String topic = kafka.newTopic();
        try (DaprApp app = new DaprApp(InsecureServerCredentials.create(), "in");
                TestGateway gateway = TestGateway.start(
                        Map.of(),
                        List.of(Component.input(kafka, "in", topic), Component.output(kafka, "out", topic)),
                        "--app-port=" + app.port(),
                        "--app-protocol=grpc",
                        "--enable-app-health-check",
                        "--app-health-probe-interval=1")) {
            gateway.call("out", TestGateway.envelope("1"));
            eventually().until(() -> !app.deliveries().isEmpty());
            eventually().until(() -> gateway.metrics().contains("dapr_grpc_io_client_completed_rpcs"));
            return families(gateway.metrics());
        }
    }

    /** Name to type and labels, of those that are the gateway's own. */
    private static Map<String, String> families(String page) {
        Map<String, Set<String>> labels = new TreeMap<>();
        SAMPLE.matcher(page).results().forEach(sample -> labels.computeIfAbsent(
                        sample.group(1), name -> new TreeSet<>())
                .addAll(labels(sample)));
        Predicate<MatchResult> own = type -> type.group(1).matches("(dapr|sluice)_.*");
        return TYPE.matcher(page)
                .results()
                .filter(own)
                // The largest value of a histogram or summary goes with it.
                .filter(type -> !type.group(1).endsWith("_max"))
                .collect(Collectors.toMap(type -> type.group(1), type -> {
                    String sample = type.group(2).matches("histogram|summary") ? "_count" : "";
                    return type.group(2) + " " + labels.get(type.group(1) + sample);
                }));
    }

    private static List<String> labels(MatchResult sample) {
        return sample.group(2) == null
                ? List.of()
                : LABEL.matcher(sample.group(2))
                        .results()
                        .map(label -> label.group(1))
                        .toList();
    }

    private static Map<String, String> told() throws Exception {
        return ROW.matcher(Files.readString(GUIDE, UTF_8))
                .results()
                .collect(Collectors.toMap(
                        row -> row.group(1),
                        row -> row.group(2) + " "
                                + QUOTED.matcher(row.group(3))
                                        .results()
                                        .map(label -> label.group(1))
                                        .collect(Collectors.toCollection(TreeSet::new))));
    }
}
