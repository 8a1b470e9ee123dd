package io.sluice.core.component.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.binding.SchemaSettings;
import io.sluice.core.binding.Secret;
import io.sluice.core.component.Pem;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SchemaRulesTest {
    @Test
    void avroNeedsARegistry() {
        assertThat(Reading.of("valueSchemaType", "Avro").errors())
                .singleElement()
                .asString()
                .contains("orders.valueSchemaType: \"Avro\" without a schema registry");
    }

    @Test
    void aWrongUrlOfARegistryMattersOnlyWhereItIsUsed() {
        Reading unused = Reading.of("schemaRegistryURL", "registry:8081");

        assertThat(unused.errors()).isEmpty();
        assertThat(unused.warnings())
                .singleElement()
                .asString()
                .contains("orders.schemaRegistryURL: ", "requests that ask for Avro are refused");
        assertThat(unused.binding().schema().registry()).isNull();
        assertThat(Reading.of("schemaRegistryURL", "registry:8081", "valueSchemaType", "Avro")
                        .errors())
                .singleElement()
                .asString()
                .contains("orders.schemaRegistryURL: ");
    }

    @Test
    void aRegistryHasOneWayToLogIn() {
        Reading both =
                registry("schemaRegistryAPIKey", "k", "schemaRegistryAPISecret", "s", "schemaRegistryBearerToken", "t");

        assertThat(both.errors())
                .singleElement()
                .asString()
                .contains("orders.schemaRegistryBearerToken: is a second way");
        assertThat(login("schemaRegistryAPIKey", "k", "schemaRegistryAPISecret", "s"))
                .isEqualTo(new SchemaSettings.Basic("k", new Secret("s")));
        assertThat(login("schemaRegistryBearerToken", "t")).isEqualTo(new SchemaSettings.Bearer(new Secret("t")));
        assertThat(login()).isEqualTo(new SchemaSettings.Anonymous());
    }

    @Test
    void aTokenForTheRegistryIsWhatAHeaderCanCarry() {
        assertThat(registry("schemaRegistryBearerToken", "schl\u00fcssel").errors())
                .singleElement()
                .asString()
                .contains("orders.schemaRegistryBearerToken: ***")
                .doesNotContain("ssel");
    }

    @Test
    void halfACredentialForTheRegistryIsAWarning() {
        Reading half = registry("schemaRegistryAPIKey", "k");

        assertThat(half.errors()).isEmpty();
        assertThat(half.warnings())
                .singleElement()
                .asString()
                .contains("schemaRegistryAPIKey: has no effect without schemaRegistryAPISecret");
        assertThat(login("schemaRegistryAPIKey", "k")).isEqualTo(new SchemaSettings.Anonymous());
    }

    @Test
    void aCertificateForTheRegistryNeedsItsKeyAndThatOneInTheClear() {
        String cert = Pem.CERTIFICATE.path();

        assertThat(registry("schemaRegistryClientCert", cert).errors())
                .singleElement()
                .asString()
                .contains("orders.schemaRegistryClientKey: is missing");
        assertThat(registry("schemaRegistryClientCert", cert, "schemaRegistryClientKey", Pem.ENCRYPTED_KEY.path())
                        .errors())
                .singleElement()
                .asString()
                .contains("orders.schemaRegistryClientKey: is encrypted");
        assertThat(registry("schemaRegistryClientCert", cert, "schemaRegistryClientKey", Pem.KEY.path())
                        .errors())
                .isEmpty();
    }

    @Test
    void withoutARegistryItsFieldsAreNotUsed() {
        assertThat(Reading.of("schemaCachingEnabled", "false", "schemaRegistryBearerToken", "t")
                        .warnings())
                .hasSize(2)
                .allMatch(line -> line.endsWith("is not used: schemaRegistryURL is not set"));
    }

    private static Reading registry(String... namesAndValues) {
        return Reading.of(Stream.concat(Stream.of("schemaRegistryURL", "http://r:8081"), Stream.of(namesAndValues))
                .toArray(String[]::new));
    }

    private static SchemaSettings.Login login(String... namesAndValues) {
        return registry(namesAndValues).binding().schema().registry().login();
    }
}
