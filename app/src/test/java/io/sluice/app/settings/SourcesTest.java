package io.sluice.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flags over environment over file. */
class SourcesTest {
    @TempDir
    private Path folder;

    @Test
    void flagsWinOverTheEnvironmentAndThatOverTheFile() throws IOException {
        String config = file("sluice: {app-id: file, log-level: error, dapr-http-port: 1}");
        var environment = Map.of("SLUICE_APP_ID", "environment", "SLUICE_LOG_LEVEL", "warn");
        Settings settings = Settings.of(environment, "--app-id=flag", "--config", config);
        assertThat(settings.appId()).isEqualTo("flag");
        assertThat(settings.log().level()).isEqualTo(Settings.LogLevel.WARN);
        assertThat(settings.api().httpPort()).isEqualTo(1);
    }

    @Test
    void theFileMayBeNamedByTheEnvironment() throws IOException {
        var environment = Map.of("SLUICE_CONFIG", file("sluice: {app-id: file}"));
        assertThat(Settings.of(environment).appId()).isEqualTo("file");
    }

    @Test
    void theFileHoldsListsAndSwitchesAsYamlHasThem() throws IOException {
        Settings settings = Settings.of(Map.of(), "--config", file("""
            sluice:
              app-id: orders
              components-path: [a, b]
              enable-metrics: false
              max-body-size: 1Mi
            """));
        assertThat(settings.resourcePaths()).containsExactly(Path.of("a"), Path.of("b"));
        assertThat(settings.metrics().enabled()).isFalse();
        assertThat(settings.api().maxBodySize()).isEqualTo(1 << 20);
    }

    @Test
    void ofDaprsConfigurationTheSwitchOfTheMetricsCounts() throws IOException {
        Settings settings = Settings.of(Map.of(), "--app-id=x", "--config", file("""
            apiVersion: dapr.io/v1alpha1
            kind: Configuration
            metadata: {name: daprConfig}
            spec:
              tracing: {samplingRate: "1"}
              metrics: {enabled: false}
            """));
        assertThat(settings.metrics().enabled()).isFalse();
    }

    @Test
    void everyMistakeOfTheFileIsToldWithItsPlace() throws IOException {
        String config = file("sluice: {app-idd: x, metrics-port: many, log-level: {a: b}, config: other.yaml}");
        assertThat(problems("--config", config))
                .containsExactlyInAnyOrder(
                        config + ": sluice.app-idd: unknown setting (did you mean app-id?)",
                        config + ": sluice.log-level: a map where a value is expected",
                        config + ": sluice.config: a file cannot name another one",
                        config + ": sluice.metrics-port: \"many\" is not a number of the range (0 to 65535)",
                        "--app-id: missing (the name of your app, for example --app-id orders)");
    }

    @Test
    void aFileThatIsSomethingElseIsAProblem() throws IOException {
        assertThat(problems("--app-id=x", "--config", file("a: b")))
                .singleElement()
                .asString()
                .endsWith("neither a map `sluice` nor `kind: Configuration`");
        assertThat(problems("--app-id=x", "--config", file("sluice: 3")))
                .singleElement()
                .asString()
                .endsWith("sluice: not a map of flag names");
        assertThat(problems("--app-id=x", "--config", file("a: [")))
                .singleElement()
                .asString()
                .contains("cannot be read");
    }

    @Test
    void aFileThatIsNoYamlIsOneLineThatQuotesNothingOfIt() throws IOException {
        assertThat(problems("--app-id=x", "--config", file("sluice:\n  app-id: x\n  grants: [hush-hush\nb: c\n")))
                .singleElement()
                .asString()
                .contains("cannot be read: ", "(line 4)")
                .doesNotContain("\n", "hush");
        assertThat(problems("--app-id=x", "--config", file("sluice: {app-id: x}\n---\nkind: Resiliency\n")))
                .singleElement()
                .asString()
                .contains("expected a single document", "(line 2)")
                .doesNotContain("\n");
    }

    @Test
    void daprsOwnVariablesCountAfterSluicesOwn() {
        var dapr = Map.of("DAPR_HTTP_PORT", "1", "DAPR_GRPC_PORT", "2", "SLUICE_DAPR_GRPC_PORT", "3");
        Settings settings = Settings.of(dapr, "--app-id=x");
        assertThat(settings.api().httpPort()).isEqualTo(1);
        assertThat(settings.api().grpcPort()).isEqualTo(3);
    }

    @Test
    void tokensAndNamespaceComeFromDaprsVariables() {
        var dapr = Map.of("DAPR_API_TOKEN", "in", "APP_API_TOKEN", "out", "NAMESPACE", "prod", "SLUICE_LOG_LEVEL", " ");
        Settings settings = Settings.of(dapr, "--app-id=x", "--app-port=1");
        assertThat(settings.namespace()).isEqualTo("prod");
        assertThat(settings.entrance().access().apiToken().reveal()).isEqualTo("in");
        assertThat(settings.channel().apiToken().reveal()).isEqualTo("out");
    }

    @Test
    void aMisspeltVariableIsWarnedOfAndSomebodyElsesIsNot() {
        var environment = Map.of("SLUICE_APPID", "y", "SLUICE_SERVICE_HOST", "10.0.0.1", "SLUICE_SERVICE_PORT", "3500");
        var run = (Invocation.Run) SettingsReader.read(List.of("--app-id=x"), environment);
        assertThat(run.warnings())
                .containsExactly("SLUICE_APPID: unknown variable, ignored (did you mean SLUICE_APP_ID?)");
    }

    @Test
    void whatKubernetesSetsForServicesIsPassedOverWithOneWarningEach() {
        var environment = Map.ofEntries(
                Map.entry("SLUICE_METRICS_PORT", "tcp://10.0.0.7:9090"),
                Map.entry("SLUICE_METRICS_PORT_9090_TCP", "tcp://10.0.0.7:9090"),
                Map.entry("SLUICE_METRICS_PORT_9090_TCP_ADDR", "10.0.0.7"),
                Map.entry("SLUICE_METRICS_SERVICE_HOST", "10.0.0.7"),
                Map.entry("SLUICE_METRICS_SERVICE_PORT_HTTP", "9090"),
                Map.entry("SLUICE_METRIC_PORT", "tcp://10.0.0.7:9090"),
                Map.entry("SLUICE_APP_PORT", "udp://10.0.0.8:53"),
                Map.entry("SLUICE_DAPR_HTTP_PORT", "tcp://10.0.0.9:80"),
                Map.entry("DAPR_HTTP_PORT", "3501"),
                Map.entry("DAPR_GRPC_PORT", "tcp://10.0.0.9:80"));
        var run = (Invocation.Run) SettingsReader.read(List.of("--app-id=x"), environment);

        assertThat(run.settings().metrics().port()).isEqualTo(9090);
        assertThat(run.settings().channel()).isNull();
        assertThat(run.settings().api().httpPort()).isEqualTo(3501);
        assertThat(run.settings().api().grpcPort()).isEqualTo(50001);
        assertThat(run.warnings())
                .extracting(line -> line.substring(0, line.indexOf(':')))
                .containsExactlyInAnyOrder(
                        "SLUICE_METRICS_PORT", "SLUICE_APP_PORT", "SLUICE_DAPR_HTTP_PORT", "DAPR_GRPC_PORT");
        assertThat(run.warnings()).allMatch(line -> line.contains("enableServiceLinks: false"));
    }

    @Test
    void ofSeveralFilesTheLaterOneCounts() throws IOException {
        Path first = Files.writeString(folder.resolve("a.yaml"), "sluice: {app-id: a, log-level: error}");
        Path second = Files.writeString(folder.resolve("b.yaml"), "sluice: {app-id: b}");
        for (String[] args : new String[][] {
            {"--config", first.toString(), "--config", second.toString()}, {"--config", first + "," + second}
        }) {
            Settings settings = Settings.of(Map.of(), args);
            assertThat(settings.appId()).isEqualTo("b");
            assertThat(settings.log().level()).isEqualTo(Settings.LogLevel.ERROR);
        }
    }

    @Test
    void whatAConfigurationSaysToNoEffectIsAWarningWithItsLine() throws IOException {
        String config = file("""
            apiVersion: dapr.io/v1alpha1
            kind: Configuration
            metadata: {name: daprConfig}
            spec:
              tracing: {samplingRate: "1"}
              metric: {enabled: true, rules: []}
              logging: {apiLogging: {enabled: true}}
              mtls: {enabled: true}
              features: [{name: SomeFeature, enabled: true}]
              tracin: {}
            """);
        var run = (Invocation.Run) SettingsReader.read(List.of("--app-id=x", "--config", config), Map.of());

        assertThat(run.errors()).isEmpty();
        assertThat(run.settings().api().logCalls()).isTrue();
        assertThat(run.warnings())
                .extracting(line -> line.replaceAll("(has no effect).*", "$1"))
                .containsExactlyInAnyOrder(
                        config + ": line 5: spec.tracing has no effect",
                        config + ": line 6: spec.metric.rules has no effect",
                        config + ": line 10: spec.tracin has no effect");
    }

    @Test
    void anApiThatAFileDeniesAndThatIsOpenIsAnErrorButStarts() throws IOException {
        String config = file("""
            kind: Configuration
            spec:
              api:
                denied:
                - {name: bindings, version: v1.0, protocol: http}
                - {name: state, version: v1.0, protocol: http}
                allowed:
                - {name: bindings, version: v1, protocol: grpc}
                - {name: metadata, version: v1, protocol: grpc}
            """);
        var run = (Invocation.Run) SettingsReader.read(List.of("--app-id=x", "--config", config), Map.of());

        assertThat(run.errors()).hasSize(2);
        assertThat(run.errors().get(0))
                .startsWith(config + ": line 4: spec.api")
                .contains("OVER HTTP bindings CAN BE");
        assertThat(run.errors().get(1)).contains("OVER GRPC shutdown CAN BE CALLED ALTHOUGH DENIED");
        assertThat(run.warnings()).isEmpty();
    }

    @Test
    void aGuardInThePipelineThatDoesNotRunIsAnError() throws IOException {
        String config = file("""
            kind: Configuration
            spec:
              httpPipeline:
                handlers:
                - {name: login, type: middleware.http.oauth2}
                - {name: case, type: middleware.http.uppercase}
            """);
        var run = (Invocation.Run) SettingsReader.read(List.of("--app-id=x", "--config", config), Map.of());

        assertThat(run.errors())
                .singleElement()
                .asString()
                .startsWith(config + ": line 5: ")
                .contains("API IS OPEN");
        assertThat(run.warnings()).singleElement().asString().startsWith(config + ": line 5: spec.httpPipeline has no");
    }

    @Test
    void aMistypedKindBesideSettingsIsAWarning() throws IOException {
        String config = file("kind: Configuraton\nsluice: {app-id: x}\nspec: {metrics: {enabled: false}}\n");
        var run = (Invocation.Run) SettingsReader.read(List.of("--config", config), Map.of());

        assertThat(run.settings().metrics().enabled()).isTrue();
        assertThat(run.warnings())
                .containsExactly(
                        config + ": line 1: kind \"Configuraton\" is not Configuration: what it says has no effect");
    }

    private String file(String yaml) throws IOException {
        return Files.writeString(folder.resolve("config.yaml"), yaml).toString();
    }

    private static List<String> problems(String... args) {
        return ((Invocation.Invalid) SettingsReader.read(List.of(args), Map.of())).problems();
    }
}
