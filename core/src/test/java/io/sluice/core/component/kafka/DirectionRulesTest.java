package io.sluice.core.component.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.binding.Direction;
import org.junit.jupiter.api.Test;

class DirectionRulesTest {
    @Test
    void directionsAreReadInAnyOrderAndCase() {
        var reading = Reading.of("direction", "Output, INPUT", "publishTopic", "t", "topics", "t");

        assertThat(reading.binding().direction()).containsExactlyInAnyOrder(Direction.INPUT, Direction.OUTPUT);
        assertThat(reading.binding().isInput()).isTrue();
        assertThat(reading.binding().isOutput()).isTrue();
    }

    @Test
    void anOutputWithoutTopicIsAnError() {
        assertThat(Reading.of("direction", "output").errors())
                .singleElement()
                .asString()
                .contains("orders.publishTopic: missing although direction is output");
    }

    @Test
    void withoutDirectionAPublishTopicMakesAnOutput() {
        assertThat(Reading.of("topics", "t").binding().isOutput()).isFalse();
        assertThat(Reading.of("publishTopic", "t").binding().isOutput()).isTrue();
    }

    @Test
    void whatADirectionLeavesUnusedIsTold() {
        assertThat(Reading.of("direction", "input", "publishTopic", "t").warnings())
                .containsExactly("k.yaml: orders.publishTopic: is not used: direction is input");
        assertThat(Reading.of("direction", "output", "publishTopic", "t").warnings())
                .contains("k.yaml: orders.topics: is not used: direction is output");
    }

    @Test
    void whatADirectionLacksIsTold() {
        assertThat(Reading.of("direction", "input", "topics", "").warnings())
                .containsExactly("k.yaml: orders.topics: no topic defined, input bindings will not be started");
        assertThat(Reading.of("direction", "input, output").warnings())
                .contains("k.yaml: orders.publishTopic: is not set: every call of this binding will be refused");
    }

    @Test
    void aBindingThatDoesNothingIsTold() {
        assertThat(Reading.of("topics", "").warnings())
                .containsExactly("k.yaml: orders: does nothing: neither topics nor publishTopic is set");
    }

    @Test
    void theRouteLosesItsLeadingSlash() {
        assertThat(Reading.of("route", "/custom-path").binding().route()).isEqualTo("custom-path");
        assertThat(Reading.of("route", "/").binding().route()).isEmpty();
        assertThat(Reading.of("route", "a?b=1").binding().route()).isEqualTo("a?b=1");
    }
}
