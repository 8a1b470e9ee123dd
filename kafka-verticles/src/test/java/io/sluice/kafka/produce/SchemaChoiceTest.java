package io.sluice.kafka.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.core.binding.SchemaSettings.ValueSchemaType;
import io.sluice.core.message.Failure;
import io.sluice.core.message.InvokeRequest;
import io.sluice.core.message.Reason;
import io.sluice.kafka.schema.registry.SchemaKey;
import io.sluice.kafka.schema.registry.SchemaKey.Id;
import io.sluice.kafka.schema.registry.SchemaKey.Latest;
import io.sluice.kafka.schema.registry.SchemaKey.Version;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaChoiceTest {
    private static final Latest LATEST = new Latest("orders-topic-value");

    @ParameterizedTest
    @CsvSource({"valueSchemaType, None", "VALUESCHEMATYPE, none", "valueschematype, NONE", "other, Avro"})
    void withoutAvroTheValueStaysAsItIs(String name, String type) {
        assertThat(choose(withRegistry(), Map.of(name, type))).isNull();
    }

    @ParameterizedTest
    @CsvSource({"valueSchemaType, Avro", "valueschematype, AVRO"})
    void aRequestAsksForAvroWhateverTheCase(String name, String type) {
        assertThat(choose(withRegistry(), Map.of(name, type))).isEqualTo(LATEST);
    }

    @Test
    void theRequestWinsOverTheBinding() {
        var bindings = withRegistry();
        bindings.schemaType = ValueSchemaType.AVRO;

        assertThat(choose(bindings, Map.of())).isEqualTo(LATEST);
        assertThat(choose(bindings, Map.of("valueSchemaType", "None"))).isNull();
    }

    @Test
    void aVersionOrAnIdCanBeAskedFor() {
        assertThat(choose(avro("valueSchemaVersion", "3"))).isEqualTo(new Version("orders-topic-value", 3));
        assertThat(choose(avro("VALUESCHEMAVERSION", "Latest"))).isEqualTo(LATEST);
        assertThat(choose(avro("valueschemaid", "12"))).isEqualTo(new Id(12));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "", "0", "-1", "1.5", "99999999999"})
    void aNumberThatIsNoneIsRefused(String number) {
        assertThat(refusal(withRegistry(), avro("valueSchemaId", number)))
                .isEqualTo(new Failure(
                        Reason.INVALID_METADATA,
                        "invalid valueSchemaId metadata value \"" + number + "\": not a positive 32-bit integer"));
    }

    @Test
    void idAndVersionTogetherAreRefused() {
        var both = Map.of("valueSchemaType", "Avro", "valueSchemaId", "1", "valueSchemaVersion", "1");

        assertThat(refusal(withRegistry(), both).detail())
                .isEqualTo("valueSchemaId and valueSchemaVersion exclude each other");
    }

    @Test
    void avroWithoutARegistryIsRefused() {
        assertThat(refusal(Bindings.with(), Map.of("valueSchemaType", "Avro")))
                .isEqualTo(new Failure(Reason.SCHEMA, "schema registry details not set"));
    }

    @Test
    void aTombstoneNeedsNoSchema() {
        var request = new InvokeRequest("create", null, Map.of("valueSchemaType", "Avro"));

        assertThat(new RecordMapper(Bindings.with().binding()).schema(request)).isNull();
    }

    @Test
    void anUnknownSchemaTypeIsRefused() {
        assertThat(refusal(Bindings.with(), Map.of("valueSchemaType", "x")))
                .isEqualTo(new Failure(Reason.SCHEMA, "error parsing schema type. 'x' is not a supported value"));
    }

    private static Bindings withRegistry() {
        var bindings = Bindings.with();
        bindings.registry = List.of(URI.create("http://r:8081"));
        return bindings;
    }

    private static Map<String, String> avro(String name, String value) {
        return Map.of("valueSchemaType", "Avro", name, value);
    }

    private static SchemaKey choose(Map<String, String> metadata) {
        return choose(withRegistry(), metadata);
    }

    private static SchemaKey choose(Bindings bindings, Map<String, String> metadata) {
        return new RecordMapper(bindings.binding()).schema(OutputHarness.create("1", metadata));
    }

    private static Failure refusal(Bindings bindings, Map<String, String> metadata) {
        return catchThrowableOfType(Refusal.class, () -> choose(bindings, metadata))
                .failure();
    }
}
