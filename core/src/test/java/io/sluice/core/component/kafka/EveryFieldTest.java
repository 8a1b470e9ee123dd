package io.sluice.core.component.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.binding.ConsumerSettings.RebalanceStrategy;
import io.sluice.core.component.Pem;
import io.sluice.core.component.field.Field;
import io.sluice.core.component.kafka.FieldSamples.Sample;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EveryFieldTest {
    static List<String> names() {
        return KafkaFields.all().stream().map(Field::name).toList();
    }

    @Test
    void everyFieldHasARightAndAWrongValue() {
        assertThat(FieldSamples.ALL.keySet()).containsExactlyInAnyOrderElementsOf(names());
    }

    @ParameterizedTest
    @MethodSource("names")
    void aRightValueIsNoProblem(String name) {
        Reading reading = reading(name, FieldSamples.ALL.get(name).right());

        assertThat(reading.errors()).noneMatch(about(name));
        assertThat(reading.warnings()).noneMatch(line -> line.contains("unknown field"));
    }

    @ParameterizedTest
    @MethodSource("names")
    void aWrongValueIsAProblemThatSaysWhatIsAllowed(String name) {
        Reading reading = reading(name, FieldSamples.ALL.get(name).wrong());
        boolean forgiven = FieldSamples.FORGIVEN.contains(name);

        assertThat((forgiven ? reading.warnings() : reading.errors()).stream().filter(about(name)))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem).startsWith("k.yaml: orders." + name + ": ");
                    if (!forgiven) {
                        assertThat(problem).endsWith(")");
                    }
                    assertThat(problem).contains(" (" + field(name).type().allowed() + ")");
                    assertThat(problem.chars()).noneMatch(Character::isISOControl);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"cooperative", "random"})
    void aStrategyThatIsNotKnownIsAWarningAndRangeCounts(String strategy) {
        Reading reading = reading("consumerGroupRebalanceStrategy", strategy);

        assertThat(reading.errors()).noneMatch(about("consumerGroupRebalanceStrategy"));
        assertThat(reading.warnings())
                .filteredOn(about("consumerGroupRebalanceStrategy"))
                .singleElement()
                .asString()
                .contains(strategy, "range counts");
        assertThat(reading.binding().consumer().rebalanceStrategy()).isEqualTo(RebalanceStrategy.RANGE);
    }

    @ParameterizedTest
    @MethodSource("names")
    void aFieldIsFoundWhateverItsCase(String name) {
        Reading reading = reading(
                name.toUpperCase(Locale.ROOT), FieldSamples.ALL.get(name).wrong(), FieldSamples.ALL.get(name));

        assertThat(FieldSamples.FORGIVEN.contains(name) ? reading.warnings() : reading.errors())
                .anyMatch(about(name));
    }

    @ParameterizedTest
    @MethodSource("names")
    void aBlankValueCountsAsNotSet(String name) {
        Reading reading = reading(name, " ");

        assertThat(reading.errors()).noneMatch(line -> line.contains("invalid value \""));
    }

    private static java.util.function.Predicate<String> about(String name) {
        return line ->
                line.startsWith("k.yaml: orders." + name + ": ") && !line.contains("is not available in this version");
    }

    private static Field<?> field(String name) {
        return KafkaFields.all().stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Reading reading(String name, String value) {
        return reading(name, value, FieldSamples.ALL.get(name));
    }

    /** The field in surroundings in which it is looked at. */
    private static Reading reading(String name, String value, Sample sample) {
        var fields = new LinkedHashMap<>(surroundings(sample.authType()));
        fields.keySet().removeIf(name::equalsIgnoreCase);
        fields.put(name, value);
        return Reading.of(fields);
    }

    private static Map<String, String> surroundings(String authType) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("brokers", "localhost:9092");
        fields.put("consumeRetryEnabled", "true");
        fields.put("deadLetterTopic", "dead");
        if (!authType.isEmpty()) {
            fields.put("authType", authType);
        }
        switch (authType) {
            case "password" -> fields.putAll(Map.of("saslUsername", "u", "saslPassword", "p"));
            case "mtls" ->
                fields.putAll(Map.of(
                        "clientCert", Pem.CERTIFICATE.path(),
                        "clientKey", Pem.ENCRYPTED_KEY.path(),
                        "clientKeyPassword", "changeit"));
            case "oidc", "oidc_private_key_jwt" ->
                fields.putAll(Map.of(
                        "oidcTokenEndpoint", "http://localhost/token",
                        "oidcClientID", "c",
                        "oidcClientSecret", "s",
                        "oidcClientAssertionCert", Pem.CERTIFICATE.path(),
                        "oidcClientAssertionKey", Pem.KEY.path()));
            case "awsiam" -> fields.putAll(Map.of("region", "eu-central-1", "accessKey", "a", "secretKey", "s"));
            default -> {}
        }
        return fields;
    }
}
