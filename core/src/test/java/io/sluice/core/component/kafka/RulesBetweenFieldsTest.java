package io.sluice.core.component.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.binding.DeliverySettings.FailurePolicy;
import io.sluice.core.binding.HeaderNames;
import io.sluice.core.binding.ProducerSettings.Idempotence;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesBetweenFieldsTest {
    @Test
    void brokersAreRequired() {
        assertThat(Reading.onlyOf("authType", "none").errors())
                .containsExactly("k.yaml: orders.brokers: kafka error: missing 'brokers' attribute"
                        + " (must be a comma-separated list of host:port)");
    }

    @Test
    void listsAreTrimmedAndEmptyItemsDropped() {
        var binding = Reading.of("topics", " a ,, b,").binding();

        assertThat(binding.topics()).containsExactly("a", "b");
    }

    @Test
    void aHeartbeatOfAThirdOfTheSessionIsFine() {
        var reading = Reading.of("heartbeatInterval", "5s", "sessionTimeout", "15s");

        assertThat(reading.errors()).isEmpty();
        assertThat(reading.warnings()).isEmpty();
    }

    @Test
    void aHeartbeatAboveAThirdOfTheSessionIsAWarning() {
        var reading = Reading.of("heartbeatInterval", "5001ms", "sessionTimeout", "15s");

        assertThat(reading.errors()).isEmpty();
        assertThat(reading.warnings()).anyMatch(line -> line.contains("orders.heartbeatInterval: 5001ms"));
    }

    @ParameterizedTest
    @CsvSource({"15s", "16s"})
    void aHeartbeatNotBelowTheSessionIsAnError(String heartbeat) {
        var reading = Reading.of("heartbeatInterval", heartbeat, "sessionTimeout", "15s");

        assertThat(reading.errors()).singleElement().asString().contains("orders.heartbeatInterval:");
    }

    @Test
    void headersThatStayBehindAreNamedOrNoneIfTheFieldIsEmptyOrTheUsualOnesIfItIsNotThere() {
        assertThat(Reading.of().binding().delivery().excludedHeaders()).isNull();
        assertThat(Reading.of("EXCLUDEDELIVERYHEADERS", " ")
                        .binding()
                        .delivery()
                        .excludedHeaders())
                .isEqualTo(HeaderNames.NONE);
        var named = Reading.of("excludeDeliveryHeaders", "X-Secret, ,other_one")
                .binding()
                .delivery()
                .excludedHeaders();
        assertThat(named).isEqualTo(new HeaderNames(Set.of("x-secret", "other-one")));
        assertThat(named.contain("x_SECRET")).isTrue();
        assertThat(named.contain("authorization")).isFalse();
    }

    @Test
    void maxInFlightContradictsOrderByPartition() {
        assertThat(Reading.of("maxInFlight", "2").errors())
                .singleElement()
                .asString()
                .contains("orders.maxInFlight: 2 contradicts ordering \"partition\"");
    }

    @ParameterizedTest
    @CsvSource({"key, , 64", "none, 7, 7"})
    void maxInFlightIsFreeWithoutOrderByPartition(String ordering, String given, int expected) {
        var reading = Reading.of("ordering", ordering, "maxInFlight", given == null ? "" : given);

        assertThat(reading.errors()).isEmpty();
        assertThat(reading.binding().delivery().maxInFlight()).isEqualTo(expected);
    }

    @Test
    void aDeadLetterTopicMakesDeadLetterThePolicy() {
        var delivery = Reading.of("deadLetterTopic", "dead").binding().delivery();

        assertThat(delivery.failurePolicy()).isEqualTo(FailurePolicy.DEAD_LETTER);
        assertThat(delivery.deadLetterTopic()).isEqualTo("dead");
    }

    @Test
    void deadLettersNeedATopic() {
        assertThat(Reading.of("failurePolicy", "deadLetter").errors())
                .singleElement()
                .asString()
                .contains("orders.failurePolicy: \"deadLetter\" without a topic");
    }

    @Test
    void aDeadLetterTopicThatIsConsumedIsAnError() {
        assertThat(Reading.of("topics", "a,dead", "deadLetterTopic", "dead").errors())
                .singleElement()
                .asString()
                .contains("orders.deadLetterTopic: \"dead\" is also consumed");
    }

    @ParameterizedTest
    @CsvSource({"producerRequiredAcks, local", "producerRequiredAcks, none", "producerRetryMax, 0"})
    void idempotenceIsOffWhereKafkaCannotDoIt(String field, String value) {
        var reading = Reading.of(field, value);

        assertThat(reading.errors()).isEmpty();
        assertThat(reading.binding().producer().idempotence()).isEqualTo(Idempotence.OFF);
    }

    @Test
    void idempotenceIsRequiredOnlyWhereItIsWritten() {
        assertThat(Reading.of().binding().producer().idempotence()).isEqualTo(Idempotence.IF_ALLOWED);
        assertThat(Reading.of("idempotence", "true").binding().producer().idempotence())
                .isEqualTo(Idempotence.REQUIRED);
        assertThat(Reading.of("idempotence", "false").binding().producer().idempotence())
                .isEqualTo(Idempotence.OFF);
    }

    @ParameterizedTest
    @CsvSource({"producerRequiredAcks, local", "producerRequiredAcks, none", "producerRetryMax, 0"})
    void explicitIdempotenceContradictsThem(String field, String value) {
        assertThat(Reading.of(field, value, "idempotence", "true").errors())
                .singleElement()
                .asString()
                .contains("orders.idempotence: true contradicts");
    }

    @Test
    void anOldVersionIsAcceptedAndItsLackOfHeadersTold() {
        var reading = Reading.of("version", "0.10.2.0");

        assertThat(reading.errors()).isEmpty();
        assertThat(reading.warnings())
                .singleElement()
                .asString()
                .contains("orders.version: 0.10.2.0 has no record headers");
    }

    @Test
    void compressionDoesNotDependOnTheVersion() {
        assertThat(Reading.of("compression", "zstd", "version", "1.0.0").errors())
                .isEmpty();
    }

    @Test
    void anOutputBindingIsToldOfTheSmallDefaultSize() {
        assertThat(Reading.of("publishTopic", "t").warnings())
                .containsExactly(
                        "k.yaml: orders.maxMessageBytes: is not set: records larger than 1024 bytes are refused");
        assertThat(Reading.of("publishTopic", "t", "maxMessageBytes", "1024").warnings())
                .isEmpty();
        assertThat(Reading.of("topics", "t").warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "maxMessageBytes, 0",
        "maxMessageBytes, -1",
        "clientConnectionTopicMetadataRefreshInterval, -1s",
        "clientConnectionKeepAliveInterval, -1s",
        "dialTimeout, 0",
        "readTimeout, 0",
        "writeTimeout, -30s",
        "metadataTimeout, -1"
    })
    void nothingAndLessMeanTheDefaultWhereDaprSaysSo(String field, String value) {
        var reading = Reading.of(field, value);

        assertThat(reading.errors()).isEmpty();
        assertThat(reading.binding().connection())
                .isEqualTo(Reading.of().binding().connection());
        assertThat(reading.binding().producer())
                .isEqualTo(Reading.of().binding().producer());
    }

    @Test
    void bareNumbersAreSecondsOrMillisecondsByField() {
        var binding = Reading.of(
                        "dialTimeout", "7",
                        "consumeRetryEnabled", "true",
                        "backOffDuration", "7",
                        "consumeRetryInterval", "7",
                        "linger", "7")
                .binding();

        assertThat(binding.connection().dialTimeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(binding.consumer().backOff().duration()).isEqualTo(Duration.ofMillis(7));
        assertThat(binding.consumer().retryInterval()).isEqualTo(Duration.ofMillis(7));
        assertThat(binding.producer().linger()).isEqualTo(Duration.ofMillis(7));
    }

    @Test
    void backOffWithoutRetryingIsToldToBeUnused() {
        assertThat(Reading.of("backOffDuration", "50ms").warnings())
                .containsExactly("k.yaml: orders.backOffDuration: is not used: consumeRetryEnabled is not true");
    }

    @Test
    void theOtherPolicysBackOffIsToldToBeUnused() {
        assertThat(Reading.of("consumeRetryEnabled", "true", "backOffMultiplier", "2")
                        .warnings())
                .containsExactly("k.yaml: orders.backOffMultiplier: is not used: backOffPolicy is constant");
    }

    @Test
    void theConsumerIdIsTheGroupUnlessThereIsAGroup() {
        assertThat(Reading.of("consumerID", "id").binding().consumer().group()).isEqualTo("id");
        var both = Reading.of("consumerID", "id", "consumerGroup", "group");
        assertThat(both.binding().consumer().group()).isEqualTo("group");
        assertThat(both.warnings()).containsExactly("k.yaml: orders.consumerID: is not used: consumerGroup is set");
    }

    @Test
    void anUnknownFieldIsAWarningWithTheNearestName() {
        var reading = Reading.of("publishTopics", "t", "somethingElseAltogether", "x");

        assertThat(reading.errors()).isEmpty();
        assertThat(reading.warnings())
                .contains(
                        "k.yaml: orders.publishTopics: unknown field, did you mean \"publishTopic\"?",
                        "k.yaml: orders.somethingElseAltogether: unknown field");
    }
}
