package io.sluice.core.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.binding.KafkaBinding;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComponentLoaderTest {
    @TempDir
    private Path folder;

    @Test
    void filesAreReadInTheOrderOfTheirNamesAndDocumentsInTheirs() {
        var result = new Loading(folder)
                .file("b.YAML", Loading.component("two", "", "") + "---\n" + Loading.component("three", "", ""))
                .file("a.yml", Loading.component("one", "", ""))
                .file("deeper/c.yaml", Loading.component("four", "", ""))
                .load();

        assertThat(names(result)).containsExactly("one", "two", "three");
        assertThat(result.problems()).isEmpty();
        assertThat(result.warnings()).isEmpty();
    }

    @Test
    void severalFoldersAreReadInTheirOrder() {
        new Loading(folder.resolve("x")).file("k.yaml", Loading.component("one", "", ""));
        new Loading(folder.resolve("a")).file("k.yaml", Loading.component("two", "", ""));

        var result = new Loading(folder).load(List.of(folder.resolve("x"), folder.resolve("a")));

        assertThat(names(result)).containsExactly("one", "two");
    }

    @Test
    void filesOfOtherKindsAreLeftOutWithAWarning() {
        var result = new Loading(folder)
                .orders("")
                .file("notes.txt", "x")
                .file(".hidden", "x")
                .load();

        assertThat(result.warnings())
                .containsExactly("notes.txt: is left out: its name ends neither in .yaml nor .yml");
    }

    @Test
    void aMissingFolderNamesTheFlag() {
        var result = new Loading(folder).load(List.of(folder.resolve("nowhere")));

        assertThat(result.problems()).singleElement().asString().startsWith("--resources-path: there is no folder \"");
    }

    @Test
    void noComponentAtAllIsAWarning() {
        var result = new Loading(folder).load();

        assertThat(result.problems()).isEmpty();
        assertThat(result.warnings()).singleElement().asString().contains("there is no component for app1");
    }

    @Test
    void theProblemsOfAllFilesAreToldAtOnce() {
        var result = new Loading(folder)
                .file("a.yaml", Loading.component("one", "- {name: compression, value: zip}", ""))
                .file("b.yaml", "a: [")
                .file("c.yaml", Loading.component("two", "- {name: version, value: x}\n- {name: linger, value: x}", ""))
                .load();

        assertThat(result.bindings()).isEmpty();
        assertThat(result.problems()).hasSize(4);
    }

    @Test
    void aBindingWithoutAProblemIsLoadedBesidesOthersWith() {
        var result = new Loading(folder)
                .file("a.yaml", Loading.component("bad", "- {name: compression, value: zip}", ""))
                .file("b.yaml", Loading.component("good", "", ""))
                .load();

        assertThat(names(result)).containsExactly("good");
        assertThat(result.problems())
                .containsExactly("a.yaml: bad.compression: kafka error: invalid compression: zip"
                        + " (must be \"none\", \"gzip\", \"snappy\", \"lz4\", or \"zstd\")");
    }

    @Test
    void scopesNameTheAppsOfAComponent() {
        var result = new Loading(folder)
                .file("a.yaml", Loading.component("ours", "", "scopes: [other, app1]"))
                .file("b.yaml", Loading.component("theirs", "- {name: compression, value: zip}", "scopes: [other]"))
                .load();

        assertThat(names(result)).containsExactly("ours");
        assertThat(result.problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"here, here, true", "here, there, false", "here, '', true", "'', there, true"})
    void namespacesMustBeTheSameIfBothAreSet(String ours, String theirs, boolean loaded) {
        String namespace = theirs.isEmpty() ? "" : "  namespace: " + theirs;
        var loading = new Loading(folder).file("a.yaml", Loading.component("orders\n" + namespace, "", ""));

        var result = (ours.isEmpty() ? loading : loading.namespace(ours)).load();

        assertThat(result.problems()).isEmpty();
        assertThat(result.bindings()).hasSize(loaded ? 1 : 0);
    }

    @Test
    void aNameMayBeUsedOnceAmongTheComponentsOfAnApp() {
        var result = new Loading(folder)
                .file("a.yaml", Loading.component("orders", "", ""))
                .file("b.yaml", Loading.component("orders", "", "scopes: [other]"))
                .file("c.yaml", Loading.component("orders", "", ""))
                .load();

        assertThat(result.problems())
                .singleElement()
                .asString()
                .startsWith("c.yaml: orders: duplicate definition of Component name orders, it is also in ")
                .contains("a.yaml");
    }

    @Test
    void ignoreErrorsTurnsProblemsIntoWarnings() {
        var result = new Loading(folder)
                .file(
                        "a.yaml",
                        Loading.component("orders", "- {name: compression, value: zip}", "")
                                .replace("version: v1", "version: v1\n  ignoreErrors: true"))
                .load();

        assertThat(result.bindings()).isEmpty();
        assertThat(result.problems()).isEmpty();
        assertThat(result.warnings())
                .hasSize(2)
                .anyMatch(line -> line.startsWith("a.yaml: orders.compression: "))
                .anyMatch(line -> line.startsWith("a.yaml: orders: is left out"));
    }

    @ParameterizedTest
    @CsvSource({"7s, 7", "1m, 60", "0s, 5", "soon, 5"})
    void initTimeoutIsFiveSecondsUnlessItIsADuration(String text, int seconds) {
        var result = new Loading(folder)
                .file("a.yaml", Loading.component("orders", "", "").replace("version: v1", "initTimeout: " + text))
                .load();

        assertThat(result.bindings()).singleElement().satisfies(binding -> {
            assertThat(binding.initTimeout()).isEqualTo(Duration.ofSeconds(seconds));
            assertThat(binding.componentVersion()).isEqualTo("v1");
        });
    }

    @Test
    void componentsOfOtherTypesAreLeftOutWithAWarning() {
        var result = new Loading(folder)
                .orders("")
                .file("r.yaml", Loading.other("cache", "state.redis", "[]"))
                .load();

        assertThat(names(result)).containsExactly("orders");
        assertThat(result.warnings())
                .singleElement()
                .asString()
                .startsWith("r.yaml: cache: is left out: this gateway has no component type \"state.redis\"");
    }

    @Test
    void onlyTheFolderThatNobodyHasNamedMayBeMissing() {
        LoadResult unnamed = new Loading(folder).load(List.of(Path.of("./components")));
        assertThat(unnamed.problems()).isEmpty();
        assertThat(unnamed.warnings()).singleElement().asString().contains("there is no component for app1");
        assertThat(unnamed.sources()).containsExactly(Path.of("./components"));

        LoadResult named = new Loading(folder).load(List.of(Path.of("./elsewhere")));
        assertThat(named.problems()).singleElement().asString().contains("there is no folder \"./elsewhere\"");
    }

    @Test
    void theTypeMayBeInAnyCase() {
        var result = new Loading(folder)
                .file("a.yaml", Loading.component("orders", "", "").replace("bindings.kafka", "Bindings.Kafka"))
                .load();

        assertThat(names(result)).containsExactly("orders");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a%b", "..", "\" \"", "\"a\\tb\"", "\"\""})
    void aNameMustBePartOfAPath(String name) {
        var result = new Loading(folder)
                .file("a.yaml", Loading.component(name, "", ""))
                .load();

        assertThat(result.bindings()).isEmpty();
        assertThat(result.problems()).singleElement().satisfies(problem -> {
            assertThat(problem).contains(".metadata.name: ");
            assertThat(problem.chars()).noneMatch(Character::isISOControl);
        });
    }

    private static List<String> names(LoadResult result) {
        return result.bindings().stream().map(KafkaBinding::name).toList();
    }
}
