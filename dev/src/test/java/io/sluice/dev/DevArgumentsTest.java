package io.sluice.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DevArgumentsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"--brokers kafka:9092", "--brokers=kafka:9092", "-brokers kafka:9092", "-brokers=kafka:9092"})
    void brokersAreTakenOutAndEverythingElseGoesToTheGateway(String brokers) {
        DevArguments arguments = parse("--app-id shop " + brokers + " --dapr-http-port=0");

        assertThat(arguments.brokers()).isEqualTo("kafka:9092");
        assertThat(arguments.forGateway()).containsExactly("--app-id", "shop", "--dapr-http-port=0");
    }

    @Test
    void withoutBrokersThereAreNone() {
        assertThat(parse("--app-id shop").brokers()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--brokers", "--brokers=", "--brokers --app-id shop"})
    void brokersWithoutAValueAreAnError(String line) {
        assertThatThrownBy(() -> parse(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("HOST:PORT");
    }

    private static DevArguments parse(String line) {
        return DevArguments.parse(line.split(" "));
    }
}
