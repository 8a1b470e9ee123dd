package io.sluice.app.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExpositionTest {
    private static final String LABEL = "[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\"";
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{" + LABEL + "(?:," + LABEL
            + ")*,?\\})? (?:[-+]?[0-9.]+(?:E[-+]?[0-9]+)?|NaN|[-+]Inf)");
    private static final Pattern COMMENT = Pattern.compile(
            "# (?:HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) .*|TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (?:counter|gauge|histogram|summary|untyped))");

    private final Telemetry telemetry = Telemetry.prometheus();
    private final MeterRegistry registry = telemetry.registry();

    @AfterEach
    void close() {
        telemetry.close();
    }

    @Test
    void daprsCountersKeepTheirNames() {
        registry.counter("dapr_component_output_binding_count", "component", "a\"b\\c\nd_total", "success", "true")
                .increment(3);
        new ComponentMeters(registry, "orders").loaded(2);
        assertThat(lines())
                .contains(
                        "# TYPE dapr_component_output_binding_count counter",
                        "dapr_component_output_binding_count{component=\"a\\\"b\\\\c\\nd_total\",success=\"true\"} 3.0",
                        "# TYPE dapr_runtime_component_loaded counter",
                        "dapr_runtime_component_loaded{app_id=\"orders\"} 2.0");
        assertThat(telemetry.page()).doesNotContain("count_total", "loaded_total");
    }

    @Test
    void aSuffixThatIsDaprsOwnAndThatOfOtherCountersStays() {
        var meters = new ComponentMeters(registry, "orders");
        meters.initialised();
        meters.failed("myKafka");
        registry.counter("sluice_things").increment();
        assertThat(lines())
                .contains(
                        "dapr_runtime_component_init_total{app_id=\"orders\",component=\"bindings.kafka\"} 1.0",
                        "dapr_runtime_component_init_fail_total{app_id=\"orders\",component=\"bindings.kafka\","
                                + "componentName=\"myKafka\",reason=\"init\"} 1.0",
                        "sluice_things_total 1.0");
    }

    @Test
    void aHistogramHasBucketsOfMillisecondsSumAndCount() {
        DistributionSummary.builder("dapr_component_output_binding_latencies")
                .serviceLevelObjectives(1, 2, 5)
                .register(registry)
                .record(1.5);
        assertThat(lines())
                .contains(
                        "# TYPE dapr_component_output_binding_latencies histogram",
                        "dapr_component_output_binding_latencies_bucket{le=\"1.0\"} 0",
                        "dapr_component_output_binding_latencies_bucket{le=\"2.0\"} 1",
                        "dapr_component_output_binding_latencies_bucket{le=\"+Inf\"} 1",
                        "dapr_component_output_binding_latencies_count 1",
                        "dapr_component_output_binding_latencies_sum 1.5");
    }

    @Test
    void thePageIsTheTextFormat() {
        new ComponentMeters(registry, "orders").loaded(1);
        var typed = new HashSet<String>();
        for (String line : lines()) {
            Matcher comment = COMMENT.matcher(line);
            if (line.startsWith("#")) {
                assertThat(comment.matches()).as(line).isTrue();
                if (comment.group(2) != null) {
                    assertThat(typed.add(comment.group(2)))
                            .as("one TYPE of %s", comment.group(2))
                            .isTrue();
                }
            } else {
                Matcher sample = SAMPLE.matcher(line);
                assertThat(sample.matches()).as(line).isTrue();
                String name = sample.group(1);
                assertThat(typed).as(line).containsAnyOf(name, name.replaceFirst("_(bucket|count|sum)$", ""));
            }
        }
        assertThat(telemetry.page()).endsWith("\n");
    }

    @Test
    void theMetersOfTheProcessAreThereAndBounded() {
        assertThat(telemetry.page())
                .contains("jvm_memory_used_bytes", "process_uptime_seconds", "jvm_threads_live_threads");
        assertThat(lines()).hasSizeLessThan(300);
    }

    @Test
    void withoutMetricsNothingIsCounted() {
        try (var none = Telemetry.none()) {
            new ComponentMeters(none.registry(), "orders").loaded(1);
            assertThat(none.page()).isEmpty();
        }
    }

    private List<String> lines() {
        return telemetry.page().lines().toList();
    }
}
