package io.sluice.core.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretStoresTest {
    @TempDir
    private Path folder;

    private Loading loading;

    @BeforeEach
    void loading() {
        loading = new Loading(folder);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    top             | top             | one
                    nested:inner    |                 | two
                    nested:list:1   | nested:list:1   | 4
                    """)
    void aFileIsFlattenedAndTheKeyIsTheName(String secret, String key, String expected) {
        fileStore("");

        assertThat(clientId(secret, key)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    top     |         | one
                    nested  | inner   | two
                    nested  | deep/a  | five
                    """)
    void aFileOfSeveralValuesHasKeys(String secret, String key, String expected) {
        fileStore(", {name: multiValued, value: true}, {name: nestedSeparator, value: /}");

        assertThat(clientId(secret, key)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "nothing, nothing, 'secret store \"vault\" has no such secret'",
        "top, other, 'secret store \"vault\" has no such key in it'"
    })
    void whatIsMissingIsNamed(String secret, String key, String why) {
        fileStore("");

        assertThat(loading.file("k.yaml", binding(secret, key, "vault")).load().problems())
                .containsExactly(
                        "k.yaml: orders.clientID: cannot get key \"" + key + "\" of secret \"" + secret + "\": " + why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"brokers", "authType", "publishTopic"})
    void aFieldWhoseSecretIsMissingIsNotCalledMissingItself(String field) {
        String yaml = Loading.component(
                        "orders",
                        "- {name: direction, value: output}\n- {name: " + field + ", secretKeyRef: {name: s}}",
                        "auth: {secretStore: vault}")
                .replaceFirst("  - \\{name: " + field + ", value: [^\n]*\n", "");

        assertThat(loading.file("k.yaml", yaml).load().problems())
                .containsExactly("k.yaml: orders." + field + ": cannot get key \"s\" of secret \"s\":"
                        + " secret store \"vault\" is not among the components");
    }

    @Test
    void aMissingStoreIsNamed() {
        assertThat(loading.file("k.yaml", binding("s", "s", "vault")).load().problems())
                .singleElement()
                .asString()
                .endsWith("secret store \"vault\" is not among the components");
        assertThat(loading.orders("- {name: clientID, secretKeyRef: {name: s}}")
                        .load()
                        .problems())
                .singleElement()
                .asString()
                .endsWith("no secret store is named (must have auth.secretStore)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1]", "{", "\"text\"", "{\"hush\": secret}"})
    void aFileThatIsNoObjectIsAProblemWithoutItsContent(String content) {
        loading.file("secrets.json", content);
        loading.file("store.yaml", Loading.other("vault", "secretstores.local.file", secretsFile("")));

        var problems = loading.file("k.yaml", binding("s", "s", "vault")).load().problems();

        assertThat(problems)
                .hasSize(2)
                .anyMatch(line -> line.startsWith("store.yaml: vault.secretsFile: cannot read "))
                .anyMatch(line -> line.endsWith("secret store \"vault\" could not be opened"));
        assertThat(String.join("\n", problems)).doesNotContain("hush");
    }

    @Test
    void aFileThatIsNotThereIsAProblem() {
        loading.file("store.yaml", Loading.other("vault", "secretstores.local.file", secretsFile("")));

        assertThat(loading.load().problems())
                .singleElement()
                .asString()
                .startsWith("store.yaml: vault.secretsFile: there is no file ");
    }

    @Test
    void variablesOfTheEnvironmentAreSecrets() {
        loading.environment("KAFKA_ID", "me").environment("DAPR_API_TOKEN", "t");
        loading.file("store.yaml", Loading.other("vault", "SecretStores.Local.Env", "[{name: prefix, value: KAFKA_}]"));
        loading.file("store2.yaml", Loading.other("all", "secretstores.local.env", "[]"));

        assertThat(clientId("ID", null)).isEqualTo("me");
        assertThat(loading.file("k.yaml", binding("DAPR_API_TOKEN", null, "all"))
                        .load()
                        .problems())
                .singleElement()
                .asString()
                .endsWith("secret store \"all\" has no such secret");
    }

    @Test
    void mountedFoldersAreSecrets() throws Exception {
        Path secret = mount();
        loading.file(
                "store.yaml",
                Loading.other(
                        "vault", "secretstores.local.folder", "[{name: path, value: " + secret.getParent() + "}]"));

        assertThat(clientId("kafka", "id")).isEqualTo("me");
        assertThat(loading.file("k.yaml", binding("../mounted/kafka", "id", "vault"))
                        .load()
                        .problems())
                .hasSize(1);
        assertThat(loading.file("k.yaml", binding("kafka", "..data", "vault"))
                        .load()
                        .problems())
                .hasSize(1);
    }

    @Test
    void mountedSecretsAreTheDefaultStoreNamedKubernetes() throws Exception {
        Path secret = mount();
        loading.mountedSecrets(secret.getParent());

        assertThat(clientId("kafka", "id", null)).isEqualTo("me");
        assertThat(clientId("kafka", "id", "kubernetes")).isEqualTo("me");
    }

    @Test
    void aSecretIsTakenAsItIs() {
        loading.environment("ID", "{appID}");
        loading.file("store.yaml", Loading.other("vault", "secretstores.local.env", "[]"));

        assertThat(clientId("ID", null)).isEqualTo("{appID}");
    }

    /** As Kubernetes does it: the files are links through a link that changes when the secret does. */
    private Path mount() throws Exception {
        Path secret = Files.createDirectories(folder.resolve("mounted/kafka"));
        Path version = Files.createDirectories(secret.resolve("..2026_01_01"));
        Files.writeString(version.resolve("id"), "me\n");
        Files.createSymbolicLink(secret.resolve("..data"), version.getFileName());
        Files.createSymbolicLink(secret.resolve("id"), Path.of("..data", "id"));
        return secret;
    }

    private void fileStore(String more) {
        loading.file(
                "secrets.json",
                "{\"top\":\"one\",\"nested\":{\"inner\":\"two\",\"list\":[3,4],\"deep\":{\"a\":\"five\"},\"no\":null}}");
        loading.file("store.yaml", Loading.other("vault", "secretstores.local.file", secretsFile(more)));
    }

    private String secretsFile(String more) {
        return "[{name: secretsFile, value: " + folder.resolve("secrets.json") + "}" + more + "]";
    }

    private String clientId(String secret, String key) {
        return clientId(secret, key, "vault");
    }

    private String clientId(String secret, String key, String store) {
        var result = loading.file("k.yaml", binding(secret, key, store)).load();
        assertThat(result.problems()).isEmpty();
        return result.bindings().get(0).connection().clientId();
    }

    private static String binding(String secret, String key, String store) {
        String reference = "'" + secret + "'" + (key == null ? "" : ", key: '" + key + "'");
        return Loading.component(
                "orders",
                "- {name: clientID, secretKeyRef: {name: " + reference + "}}",
                store == null ? "" : "auth: {secretStore: " + store + "}");
    }
}
