package io.sluice.core.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.component.field.Field;
import io.sluice.core.component.kafka.KafkaFields;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsAreNeverShownTest {
    private static final String PLANTED = "hush-hush";

    @TempDir
    private Path folder;

    static Stream<String> secretFields() {
        return KafkaFields.all().stream().filter(field -> field.type().secret()).map(Field::name);
    }

    @ParameterizedTest
    @MethodSource("secretFields")
    void inASecretFieldRightOrWrong(String field) {
        for (String type : List.of("none", "password", "mtls", "oidc", "oidc_private_key_jwt", "awsiam")) {
            for (String text : List.of(PLANTED, PLANTED + "\\a", "-----BEGIN PRIVATE KEY-----" + PLANTED)) {
                assertHidden(new Loading(folder)
                        .orders("- {name: " + field + ", value: \"" + text + "\"}")
                        .file("k2.yaml", replaceType(type, field, text))
                        .load());
            }
        }
    }

    @Test
    void inAWrongFieldThatTakesItFromAStore() {
        String items = Stream.of("brokers", "compression", "version", "saslPasword", "schemaRegistryURL", "direction")
                .map(field -> "- {name: " + field + ", secretKeyRef: {name: S}}")
                .reduce("", (all, item) -> all + item + "\n");
        String yaml = Loading.component("orders", items, "auth: {secretStore: vault}")
                .replace("  - {name: brokers, value: \"localhost:9092\"}\n", "");
        var result = new Loading(folder)
                .environment("S", PLANTED + ":x,/")
                .file("k.yaml", yaml)
                .file("store.yaml", Loading.other("vault", "secretstores.local.env", "[]"))
                .load();

        assertThat(result.problems()).hasSize(4).allMatch(line -> line.startsWith("k.yaml: orders."));
        assertThat(result.warnings()).anyMatch(line -> line.startsWith("k.yaml: orders.schemaRegistryURL: "));
        assertHidden(result);
    }

    @Test
    void inAUrl() {
        assertHidden(new Loading(folder)
                .orders("- {name: schemaRegistryURL, value: 'http://user:" + PLANTED + "@localhost'}")
                .load());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password: [hush-hush\n",
                "password: \"hush-hush\n",
                "password: hush-hush: x\n",
                "password: %hush-hush\n\t@",
                "p: *hush\n",
                "!hush-hush,[ a"
            })
    void inABrokenDocument(String yaml) {
        var result = new Loading(folder).file("k.yaml", yaml).load();

        assertThat(result.problems()).hasSize(1);
        assertHidden(result);
    }

    @Test
    void inACorrectBinding() {
        String yaml = Loading.component(
                        "orders",
                        "- {name: saslUsername, value: u}\n- {name: saslPassword, value: " + PLANTED + "}\n"
                                + "- {name: schemaRegistryURL, value: 'http://localhost'}\n"
                                + "- {name: schemaRegistryAPISecret, value: " + PLANTED + "}",
                        "")
                .replace("authType, value: none", "authType, value: password");
        var result = new Loading(folder).file("k.yaml", yaml).load();

        assertThat(result.bindings()).hasSize(1);
        assertHidden(result);
    }

    @Test
    void inTheTextOfACertificateWithItsKey() {
        String both = Pem.CERTIFICATE.text() + Pem.KEY.text();
        String items = "- name: clientCert\n  value: |\n" + both.indent(4) + "- name: clientKey\n  value: |\n"
                + Pem.KEY.text().indent(4);
        var result = new Loading(folder)
                .file("k.yaml", Loading.component("orders", items, "").replace("value: none", "value: mtls"))
                .load();

        assertThat(result.bindings()).hasSize(1);
        assertThat(result.toString())
                .doesNotContain(Pem.KEY.text().lines().toList().get(3));
    }

    private static String replaceType(String type, String field, String text) {
        return Loading.component("other", "- {name: " + field + ", value: \"" + text + "\"}", "")
                .replace("authType, value: none", "authType, value: " + type);
    }

    private static void assertHidden(LoadResult result) {
        assertThat(result.toString()).doesNotContain("hush");
    }
}
