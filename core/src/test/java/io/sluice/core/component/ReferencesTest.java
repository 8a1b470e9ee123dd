package io.sluice.core.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates and {@code envRef}. */
class ReferencesTest {
    @TempDir
    private Path folder;

    private Loading loading;

    @BeforeEach
    void loading() {
        loading = new Loading(folder);
    }

    @Test
    void templatesAreFilledIn() {
        String id = clientId(loading.namespace("ns")
                .environment("POD_NAME", "pod-7$1")
                .orders("- {name: clientID, value: 'a {appID} {namespace} {podName} {appId} {other}'}"));

        assertThat(id).isEqualTo("a app1 ns.app1 pod-7$1 {appId} {other}");
    }

    @Test
    void withoutNamespaceItsTemplateIsTheDefaultOne() {
        assertThat(clientId(loading.orders("- {name: clientID, value: 'x{namespace}'}")))
                .isEqualTo("xdefault.app1");
    }

    @Test
    void eachUuidIsANewOne() {
        String[] ids = clientId(loading.orders("- {name: clientID, value: '{uuid} {uuid}'}"))
                .split(" ");

        assertThat(ids).hasSize(2).allMatch(id -> java.util.UUID.fromString(id).version() == 4);
        assertThat(ids[0]).isNotEqualTo(ids[1]);
    }

    @Test
    void aPodNameThatNobodyKnowsIsAProblem() {
        assertThat(loading.orders("- {name: clientID, value: '{podName}'}")
                        .load()
                        .problems())
                .containsExactly(
                        "k.yaml: orders.clientID: failed to parse metadata: property clientID refers to {podName}"
                                + " but podName is not set (must have the environment variable POD_NAME)");
    }

    @Test
    void theEnvironmentIsReadWhereThereIsNoValue() {
        loading.environment("MY_ID", "from-env-{appID}");

        assertThat(clientId(loading.orders("- {name: clientID, envRef: MY_ID}")))
                .isEqualTo("from-env-app1");
        assertThat(clientId(loading.orders("- {name: clientID, value: own, envRef: MY_ID}")))
                .isEqualTo("own");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DAPR_API_TOKEN", "dapr_x", "APP_API_TOKEN", "app_api_token", "A B", "''", "NOT_SET"})
    void whatMayNotBeReadFromTheEnvironmentIsLeftOut(String variable) {
        loading.environment("DAPR_API_TOKEN", "t").environment("dapr_x", "t").environment("APP_API_TOKEN", "t");
        loading.environment("app_api_token", "t").environment("A B", "t").environment("", "t");

        var result =
                loading.orders("- {name: clientID, envRef: " + variable + "}").load();

        assertThat(result.warnings())
                .singleElement()
                .asString()
                .startsWith("k.yaml: orders.clientID: is left out: the environment variable ");
        assertThat(result.bindings().get(0).connection().clientId()).isEqualTo("sarama");
    }

    @Test
    void anAllowListLimitsWhatMayBeRead() {
        loading.environment("ONE", "1").environment("TWO", "2").environment("DAPR_ENV_KEYS", "ONE THREE");

        assertThat(clientId(loading.orders("- {name: clientID, envRef: ONE}"))).isEqualTo("1");
        assertThat(loading.orders("- {name: clientID, envRef: TWO}").load().warnings())
                .singleElement()
                .asString()
                .endsWith("the environment variable \"TWO\" is not in DAPR_ENV_KEYS");
    }

    private static String clientId(Loading loading) {
        var result = loading.load();
        assertThat(result.problems()).isEmpty();
        return result.bindings().get(0).connection().clientId();
    }
}
