package io.sluice.core.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.binding.KafkaBinding;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a second look at the files can tell: whether a binding is another one, and where to look next time. */
class LoadedAgainTest {
    private static final String PASSWORD = """
            - {name: authType, value: password}
            - {name: saslUsername, value: me}
            - {name: saslPassword, secretKeyRef: {name: kafka, key: password}}
            - {name: disableTls, value: true}
            """;

    @TempDir
    private Path folder;

    private Loading loading;

    @BeforeEach
    void loading() {
        loading = new Loading(folder);
    }

    @Test
    void theSameFilesMakeTheSameBindings() {
        loading.orders("- {name: clientID, value: '{uuid}'}\n- {name: excludeHeaderMetaRegex, value: '^x-.*'}");

        assertThat(loading.load().bindings()).isEqualTo(loading.load().bindings());
    }

    @Test
    void aUuidIsAnotherInAnotherRun() {
        loading.orders("- {name: clientID, value: '{uuid}'}");

        assertThat(loading.load().bindings())
                .isNotEqualTo(new Loading(folder).load().bindings());
    }

    @Test
    void anotherPasswordMakesAnotherBindingThatShowsNeither() {
        withSecretOf("first");
        KafkaBinding before = loading.load().bindings().get(0);

        withSecretOf("second");
        KafkaBinding after = loading.load().bindings().get(0);

        assertThat(after).isNotEqualTo(before);
        assertThat(before.toString()).isEqualTo(after.toString()).doesNotContain("first");
    }

    @Test
    void theFoldersAndTheFilesOfSecretsAreTheSources() {
        loading.file("stores/vault.json", "{}")
                .file("mounted/kafka/password", "p")
                .file("file.yaml", Loading.other("a", "secretstores.local.file", secretsFile("stores/vault.json")))
                .file("gone.yaml", Loading.other("b", "secretstores.local.file", secretsFile("stores/gone.json")))
                .file("env.yaml", Loading.other("c", "secretstores.local.env", "[]"))
                .file("folder.yaml", Loading.other("d", "secretstores.local.folder", path("mounted")))
                .file("k.yaml", orders("auth: {secretStore: d}"));

        assertThat(loading.load().sources())
                .containsExactlyInAnyOrder(
                        folder,
                        folder.resolve("stores/vault.json"),
                        folder.resolve("stores/gone.json"),
                        folder.resolve("mounted/kafka/password"));
    }

    @Test
    void aComponentThatIsLeftOutForItsProblemsIsNamed() {
        loading.file(
                "k.yaml",
                Loading.component("orders", "- {name: compression, value: zip}", "")
                        .replace("version: v1", "version: v1\n  ignoreErrors: true"));

        assertThat(loading.load().bindings()).isEmpty();
        assertThat(loading.load().leftOut()).containsExactly("orders");
    }

    private void withSecretOf(String password) {
        loading.file("vault.json", "{\"kafka\": {\"password\": \"" + password + "\"}}")
                .file(
                        "store.yaml",
                        Loading.other(
                                "vault",
                                "secretstores.local.file",
                                secretsFile("vault.json").replace("]", ", {name: multiValued, value: true}]")))
                .file("k.yaml", orders("auth: {secretStore: vault}"));
    }

    private static String orders(String rest) {
        return Loading.component("orders", PASSWORD, rest).replace("  - {name: authType, value: none}\n", "");
    }

    private String secretsFile(String name) {
        return "[{name: secretsFile, value: \"" + folder.resolve(name) + "\"}]";
    }

    private String path(String name) {
        return "[{name: path, value: \"" + folder.resolve(name) + "\"}]";
    }
}
