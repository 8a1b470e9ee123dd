package io.sluice.app.reload;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.app.reload.RunningBindings.Result;
import io.sluice.app.reload.Steps.Step;
import io.sluice.app.telemetry.ComponentMeters;
import io.sluice.core.binding.BindingCatalog;
import io.sluice.core.binding.KafkaBinding;
import io.sluice.core.component.ComponentLoader;
import io.sluice.core.component.LoaderSettings;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps from one set of bindings to another, by name and topic. */
class RunningBindingsTest {
    @TempDir
    private Path folder;

    private final List<String> steps = new ArrayList<>();
    private final Set<String> failing = new HashSet<>();
    private final BindingCatalog catalog = new BindingCatalog();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RunningBindings running = new RunningBindings(
            catalog,
            new Steps(step("open"), step("replace"), step("close"), step("join"), step("leave")),
            new ComponentMeters(meters, "app"),
            () -> steps.add("catalog " + topics()));

    @Test
    void whatIsTheSameIsNotTouched() {
        run(both("a", "t"), output("b", "t"));

        assertThat(become(both("a", "t"), output("b", "t"))).isEqualTo(Result.NOTHING_TO_DO);
        assertThat(steps).isEmpty();
    }

    @Test
    void aNewBindingIsInTheCatalogWhenItCanProduceAndBeforeItConsumes() {
        run();

        assertThat(become(both("a", "t"))).isEqualTo(Result.APPLIED);
        assertThat(steps).containsExactly("open a-t", "catalog [a-t]", "join a-t");
    }

    @Test
    void aChangedBindingProducesTheNewWayAndLeavesBeforeItJoins() {
        run(both("a", "t"), output("b", "t"));

        assertThat(become(both("a", "u"), output("b", "t"))).isEqualTo(Result.APPLIED);
        assertThat(steps).containsExactly("replace a-u", "leave a-t", "catalog [a-u, b-t]", "join a-u");
    }

    @Test
    void aBindingThatIsGoneIsUnknownBeforeItIsClosed() {
        run(both("a", "t"), output("b", "t"));

        assertThat(become(output("b", "t"))).isEqualTo(Result.APPLIED);
        assertThat(steps).containsExactly("leave a-t", "catalog [b-t]", "close a-t");
    }

    @Test
    void aDirectionThatIsGoneIsClosedAndOneThatIsNewIsOpened() {
        run(input("a", "t"), output("b", "t"));

        become(output("a", "t"), input("b", "t"));

        assertThat(ofBinding("a")).containsExactly("open a-t", "leave a-t");
        assertThat(ofBinding("b")).containsExactly("join b-t", "close b-t");
    }

    @Test
    void whatCannotBeChangedGoesOnAsItWasAndKeepsNoOtherFromChanging() {
        run(both("a", "t"), output("b", "t"));
        failing.add("replace a-u");

        assertThat(become(both("a", "u"), output("b", "u"))).isEqualTo(Result.FAILED);
        assertThat(steps).containsExactly("replace a-u", "replace b-u", "catalog [a-t, b-u]");
        assertThat(meters.get("dapr_runtime_component_init_fail_total")
                        .tag("componentName", "a")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void whatDoesNotStopAsItShouldIsReplacedAllTheSame() {
        run(both("a", "t"));
        failing.add("leave a-t");

        assertThat(become(both("a", "u"))).isEqualTo(Result.APPLIED);
        assertThat(steps).endsWith("join a-u");
    }

    @Test
    void whatIsLeftOutForItsProblemsGoesOnAsItWas() {
        run(output("a", "t"));

        assertThat(running.become(List.of(), Set.of("a")).result()).isEqualTo(Result.NOTHING_TO_DO);
        assertThat(catalog.output("a")).isPresent();
    }

    @Test
    void nothingBeginsOnceTheGatewayStops() {
        run(both("a", "t"));
        running.stop();

        assertThat(become(both("a", "u"))).isEqualTo(Result.FAILED);
        assertThat(steps).isEmpty();
    }

    private void run(String... components) {
        catalog.replace(bindings(components));
    }

    private Result become(String... components) {
        return running.become(bindings(components), Set.of()).result();
    }

    private Step step(String what) {
        return binding -> {
            String taken = what + " " + topic(binding);
            steps.add(taken);
            return failing.contains(taken) ? Future.failedFuture("no") : Future.succeededFuture();
        };
    }

    private List<String> ofBinding(String name) {
        return steps.stream()
                .filter(step -> !step.startsWith("catalog") && step.contains(" " + name + "-"))
                .toList();
    }

    private List<String> topics() {
        return catalog.all().stream().map(RunningBindingsTest::topic).toList();
    }

    private static String topic(KafkaBinding binding) {
        String topic = binding.publishTopic();
        return binding.name() + "-" + (topic == null ? binding.topics().get(0) : topic);
    }

    private List<KafkaBinding> bindings(String... components) {
        try {
            Files.writeString(folder.resolve("k.yaml"), String.join("---\n", components));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var settings = new LoaderSettings(List.of(folder), "app", null, Map.of(), null);
        return ComponentLoader.load(settings).bindings();
    }

    private static String output(String name, String topic) {
        return component(name, "output", "publishTopic: " + topic);
    }

    private static String input(String name, String topic) {
        return component(name, "input", "topics: " + topic);
    }

    private static String both(String name, String topic) {
        return component(name, "input,output", "topics: " + topic, "publishTopic: " + topic);
    }

    private static String component(String name, String direction, String... fields) {
        String items = String.join(
                "\n",
                Stream.concat(
                                Stream.of("brokers: \"b:9092\"", "authType: none", "direction: \"" + direction + "\""),
                                Stream.of(fields))
                        .map(field -> field.split(": ", 2))
                        .map(field -> "    - {name: " + field[0] + ", value: " + field[1] + "}")
                        .toList());
        return """
                apiVersion: dapr.io/v1alpha1
                kind: Component
                metadata: {name: %s}
                spec:
                  type: bindings.kafka
                  version: v1
                  metadata:
                %s
                """.formatted(name, items);
    }
}
