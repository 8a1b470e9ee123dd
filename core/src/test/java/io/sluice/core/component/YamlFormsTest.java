package io.sluice.core.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.binding.AuthSettings;
import io.sluice.core.binding.KafkaBinding;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlFormsTest {
    @TempDir
    private Path folder;

    @Test
    void theExampleOfDaprsDocumentationLoads() throws Exception {
        Path example = Path.of("src", "test", "resources", "yaml", "documented.yaml");
        var result = new Loading(folder)
                .file("documented.yaml", Files.readString(example))
                .file("secrets.json", "{\"kafka-secrets\":{\"saslPasswordSecret\":\"p\"}}")
                .file(
                        "store.yaml",
                        Loading.other(
                                "my-store",
                                "secretstores.local.file",
                                "[{name: secretsFile, value: " + folder.resolve("secrets.json")
                                        + "}, {name: multiValued, value: true}]"))
                .load();

        assertThat(result.problems()).isEmpty();
        assertThat(result.bindings()).singleElement().satisfies(binding -> {
            assertThat(binding.connection().brokers()).containsExactly("localhost:9092", "localhost:9093");
            assertThat(binding.auth()).isInstanceOf(AuthSettings.Password.class);
            assertThat(binding.consumer().sessionTimeout()).isEqualTo(Duration.ofSeconds(15));
            assertThat(binding.schema().latestVersionCacheTtl()).isEqualTo(Duration.ofMinutes(5));
            assertThat(binding.isInput()).isTrue();
            assertThat(binding.isOutput()).isTrue();
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        - {name: clientID, value: 1024}                | 1024
        - {name: clientID, value: 0x10}                | 0x10
        - {name: clientID, value: 1.50}                | 1.50
        - {name: clientID, value: 2048.0}              | 2048
        - {name: clientID, value: 1e4}                 | 10000
        - {name: clientID, value: "1e4"}               | 1e4
        - {name: clientID, value: 1e22}                | 1e22
        - {name: clientID, value: 1e999999999}         | 1e999999999
        - {name: clientID, value: .inf}                | .inf
        - {name: clientID, value: true}                | true
        - {name: clientID, value: "true"}              | true
        - {name: clientID, value: yes}                 | yes
        - {name: clientID, value: 2026-01-01}          | 2026-01-01
        - {name: clientID, value: [1, a, true, null]}  | [1,"a",true,null]
        - {name: clientID, value: {a: 1.50, b: [x]}}   | {"a":1.50,"b":["x"]}
        - {name: clientID, value: null}                | sarama
        - {name: clientID, value: }                    | sarama
        - {name: clientID, value: ""}                  | sarama
        - {name: clientID}                             | sarama
        """)
    void scalarsKeepTheirTextAndTheRestIsJson(String item, String expected) {
        var result = new Loading(folder).orders(item).load();

        assertThat(result.problems()).isEmpty();
        assertThat(result.bindings()).singleElement().satisfies(binding -> assertThat(
                        binding.connection().clientId())
                .isEqualTo(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2048.0", "2.048e3", "2_048", "0x800", "\"2048\""})
    void aWholeNumberMayBeWrittenInEveryWayThatDaprTakes(String number) {
        var result = new Loading(folder)
                .file("k.yaml", Loading.component("orders", "", "").replace("1048576", number))
                .load();

        assertThat(result.problems()).isEmpty();
        assertThat(result.bindings()).singleElement().satisfies(binding -> assertThat(
                        binding.producer().maxMessageBytes())
                .isEqualTo(2048));
    }

    @ParameterizedTest
    @ValueSource(strings = {"V1", "v1", "\"\"", "V0"})
    void theVersionOfAComponentTypeMayHaveAnyCase(String version) {
        String yaml = Loading.component("orders", "", "").replace("version: v1", "version: " + version);

        assertThat(new Loading(folder).file("k.yaml", yaml).load().problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"my orders", "orders?a=b", "orders#1", "Bestellungen für heute"})
    void aNameMayHoldWhateverAPathCanHoldEncoded(String name) {
        var result = new Loading(folder)
                .file("k.yaml", Loading.component("'" + name + "'", "", ""))
                .load();

        assertThat(result.problems()).isEmpty();
        assertThat(result.bindings()).extracting(KafkaBinding::name).containsExactly(name);
    }

    @Test
    void aBlockOfTextMayHoldDashes() {
        String certificate = Pem.CERTIFICATE.text().strip().indent(6);
        var result = new Loading(folder)
                .orders("- name: caCert\n  value: |\n" + certificate)
                .load();

        assertThat(result.problems()).isEmpty();
        assertThat(result.bindings()).hasSize(1);
    }

    @Test
    void aBrokenDocumentIsAProblemWithItsLineAndTheOthersLoad() {
        var result = new Loading(folder)
                .file(
                        "k.yaml",
                        Loading.component("one", "", "") + "---\na: 1\nb: [\n---\n" + Loading.component("two", "", ""))
                .load();

        assertThat(result.bindings()).hasSize(2);
        int line = Loading.component("one", "", "").split("\n", -1).length + 3;
        assertThat(result.problems()).singleElement().asString().startsWith("k.yaml: line " + line + ": is not YAML: ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        apiVersion: dapr.io/v1alpha1 | apiVersion: v1 | apiVersion "v1" (must be
        apiVersion: dapr.io/v1alpha1 | # none         | it has no apiVersion (must be
        kind: Component              | kind: Componnet | kind "Componnet" (must be
        kind: Component              | kind: component | kind "component" (must be
        kind: Component              | Kind: Component | it has no kind (must be
        """)
    void aMistypedComponentIsAWarningWithItsLine(String what, String by, String told) {
        String yaml = "# first\n---\n" + Loading.component("orders", "", "").replace(what, by);
        var result = new Loading(folder).file("k.yaml", yaml).load();

        assertThat(result.problems()).isEmpty();
        assertThat(result.warnings().get(0))
                .matches("k.yaml: line [34]: \"orders\" is no component and has no effect: .*")
                .contains(told);
        assertThat(result.unread()).containsKey("orders");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        dapr.io/v1alpha1 | Resiliency    | kind Resiliency has no effect: its timeouts, retries
        dapr.io/v1alpha1 | Configuration | kind Configuration has no effect: only the files of --config
        dapr.io/v2alpha1 | Subscription  | kind Subscription has no effect: Sluice has bindings only
        dapr.io/v1alpha1 | Resilency     | kind "Resilency" has no effect: it is not known (did you mean Resiliency?)
        dapr.io/v1alpha1 | Whatever      | kind "Whatever" has no effect: it is not known
        """)
    void aResourceOfDaprsThatHasNoEffectIsAWarningWithItsLine(String version, String kind, String told) {
        String yaml = "apiVersion: " + version + "\nkind: " + kind + "\nmetadata: {name: r}\n";
        var loading = new Loading(folder).orders("");
        var result = loading.file("r.yaml", yaml).load();

        assertThat(result.problems()).isEmpty();
        assertThat(result.warnings()).singleElement().asString().startsWith("r.yaml: line 1: \"r\" " + told);
        assertThat(result.unread()).isEmpty();
        assertThat(loading.file("r.yaml", yaml + "scopes: [other]").load().warnings())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"apiVersion: v1\nkind: ConfigMap\n", "apiVersion: apps/v1\nkind: Deployment\n", "# nothing\n"})
    void whatBelongsToOtherProgramsIsNoWarning(String yaml) {
        assertThat(new Loading(folder).orders("").file("x.yaml", yaml).load().warnings())
                .isEmpty();
    }

    @Test
    void aBindingThatRunsAndWhoseDocumentIsMistypedIsAProblemThen() {
        String right = Loading.component("orders", "", "");
        for (String mistyped : List.of(
                right.replace("kind: Component", "kind: Componnet"),
                right.replace("bindings.kafka", "bindings.kafak"),
                right.replace("dapr.io/v1alpha1", "v1"))) {
            var result = new Loading(folder).file("k.yaml", mistyped).load();

            assertThat(result.problems()).isEmpty();
            assertThat(result.whileRunning(Set.of("orders")).problems()).hasSize(1);
            assertThat(result.whileRunning(Set.of("others")).problems()).isEmpty();
        }
        assertThat(new Loading(folder)
                        .file("k.yaml", right + "---\n" + right.replace("kind: Component", "kind: Componnet"))
                        .load()
                        .whileRunning(Set.of("orders"))
                        .problems())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# only a comment\n",
                "---\n---\n",
                "%YAML 1.2\n---\na: b\n",
                "just text",
                "- a\n- list\n",
                "apiVersion: dapr.io/v1alpha1\nkind: Configuration\nmetadata: {name: c}\n",
                "apiVersion: v1\nkind: Component\nmetadata: {name: c}\n",
                "\uFEFFa: b\n",
                "a: b\n...\n---\r\nc: d\r\n"
            })
    void whatIsNoComponentIsNobodysBusiness(String yaml) {
        var result = new Loading(folder).orders("").file("other.yaml", yaml).load();

        assertThat(result.problems()).isEmpty();
        assertThat(result.bindings()).hasSize(1);
    }

    @Test
    void aFileThatIsNotUtf8IsAProblem() throws Exception {
        Files.write(folder.resolve("k.yaml"), "a: \u00fc".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(new Loading(folder).load().problems())
                .containsExactly("k.yaml: is not UTF-8 text (must be YAML in UTF-8)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- {name: oidcExtensions, value: &a [*a]}",
                "- {name: x1, value: &a [1,1,1,1,1,1,1,1,1,1]}\n"
                        + "- {name: x2, value: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]}\n"
                        + "- {name: x3, value: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]}\n"
                        + "- {name: x4, value: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]}\n"
            })
    void anchorsCannotBlowAValueUp(String items) {
        assertThat(new Loading(folder).orders(items).load().problems())
                .singleElement()
                .asString()
                .contains("the value is larger than 10000 values or deeper than 100");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        kind: Component | scope: [a]   | orders.scope: unknown key, did you mean "scopes"?
        spec:           | versons: 1   | orders.spec.versons: unknown key, did you mean "version"?
        """)
    void misspeltKeysAreToldWithTheNearestName(String after, String key, String told) {
        String indent = after.equals("spec:") ? "  " : "";
        String yaml = Loading.component("orders", "", "").replace(after, after + "\n" + indent + key);

        assertThat(new Loading(folder).file("k.yaml", yaml).load().warnings()).containsExactly("k.yaml: " + told);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        name: orders         | labels: {}          | line 1.metadata.name: is missing
        type: bindings.kafka |                     | orders.spec.type: is missing
        version: v1          | version: v2         | orders.spec.version: there is no version "v2" of it
        version: v1          | ignoreErrors: maybe | orders.spec.ignoreErrors: invalid value "maybe"
        version: v1          | type: bindings.x    | orders.spec.type: is there more than once
        kind: Component      | scopes: app1        | orders.scopes: is not a list
        """)
    void brokenComponentsAreProblems(String what, String by, String told) {
        String kept = what.startsWith("kind") ? what + "\n" : "";
        String yaml = Loading.component("orders", "", "").replace(what, kept + (by == null ? "" : by));

        assertThat(new Loading(folder).file("k.yaml", yaml).load().problems())
                .anyMatch(line -> line.startsWith("k.yaml: " + told));
    }

    @Test
    void itemsWithoutNameAndReferencesWithoutNameAreProblems() {
        var result = new Loading(folder)
                .orders("- {value: x}\n- {name: clientID, secretKeyRef: {key: k}}")
                .load();

        assertThat(result.problems())
                .hasSize(2)
                .anyMatch(line -> line.contains("orders.spec.metadata: line 13 has no name"))
                .anyMatch(line -> line.contains("orders.clientID: secretKeyRef has no name"));
    }

    @Test
    void namesThatDifferInCaseAreAProblemAndTheLastOfEqualOnesCounts() {
        var result = new Loading(folder)
                .orders("- {name: clientID, value: a}\n- {name: clientID, value: b}\n- {name: CLIENTID, value: c}")
                .load();

        assertThat(result.problems())
                .singleElement()
                .asString()
                .contains("failed to resolve aliases: key clientid is duplicate in the metadata");
        assertThat(result.warnings())
                .containsExactly("k.yaml: orders.clientID: is there more than once: the last one counts");
    }
}
