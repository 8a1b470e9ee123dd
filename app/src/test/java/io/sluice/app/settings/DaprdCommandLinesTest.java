package io.sluice.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.app.settings.Settings.AppChannel;
import io.sluice.app.settings.Settings.Protocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A command line that starts daprd starts Sluice, and what it loses on the way is told. */
class DaprdCommandLinesTest {
    /** All of daprd 1.18 and 1.19 (cmd/daprd/options, dapr/kit's logger, pkg/metrics). */
    private static final List<String> FLAGS_OF_DAPRD = List.of(
            "actors-disseminate-timeout",
            "actors-service",
            "allowed-origins",
            "app-binding-options-timeout",
            "app-channel-address",
            "app-health-check-path",
            "app-health-probe-interval",
            "app-health-probe-timeout",
            "app-health-threshold",
            "app-id",
            "app-max-concurrency",
            "app-port",
            "app-protocol",
            "app-ssl",
            "build-info",
            "components-path",
            "config",
            "control-plane-address",
            "control-plane-namespace",
            "control-plane-trust-domain",
            "dapr-block-shutdown-duration",
            "dapr-graceful-shutdown-seconds",
            "dapr-grpc-port",
            "dapr-http-max-request-size",
            "dapr-http-port",
            "dapr-http-read-buffer-size",
            "dapr-internal-grpc-listen-address",
            "dapr-internal-grpc-port",
            "dapr-listen-addresses",
            "dapr-public-listen-address",
            "dapr-public-port",
            "disable-builtin-k8s-secret-store",
            "disable-init-endpoints",
            "enable-api-logging",
            "enable-app-health-check",
            "enable-metrics",
            "enable-mtls",
            "enable-profiling",
            "hot-reload-reconcile-interval",
            "log-as-json",
            "log-level",
            "max-body-size",
            "metrics-listen-address",
            "metrics-port",
            "mode",
            "placement-host-address",
            "profile-port",
            "read-buffer-size",
            "reminders-service",
            "resources-path",
            "scheduler-host-address",
            "scheduler-job-streams",
            "sentry-address",
            "sentry-request-jwt-audiences",
            "unix-domain-socket",
            "version",
            "wait");

    @ParameterizedTest
    @MethodSource("flagsOfDaprd")
    void everyFlagOfDaprdIsKnown(String key) {
        assertThat(SettingsReader.read(List.of("--app-id=x", "--" + key), Map.of()))
                .isNotEqualTo(SettingsReader.read(List.of("--app-id=x", "--no-" + key), Map.of()))
                .satisfies(invocation -> {
                    if (invocation instanceof Invocation.Invalid invalid) {
                        assertThat(invalid.problems()).noneMatch(problem -> problem.contains("unknown flag"));
                    }
                });
    }

    static Stream<String> flagsOfDaprd() {
        return FLAGS_OF_DAPRD.stream();
    }

    @ParameterizedTest
    @EnumSource(IgnoredFlag.class)
    void aFlagWithoutEffectIsAcceptedWhateverItSays(IgnoredFlag flag) {
        String option = flag.option();
        for (String[] form : new String[][] {
            {option},
            {option + "="},
            {option, ""},
            {option + "=-1"},
            {option + "=what ever"},
            {option.substring(1) + "=1"}
        }) {
            assertThat(run(form).ignored().size() + run(form).warnings().size())
                    .as(Arrays.toString(form))
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "-5s", "-", "plain", "true"})
    void theValueOfAFlagWithoutEffectIsItsOwn(String value) {
        Invocation.Run run = run("--actors-disseminate-timeout", value, "--dapr-http-port", "1234");

        assertThat(run.settings().api().httpPort()).isEqualTo(1234);
        assertThat(run.warnings()).isEmpty();
    }

    @Test
    void aFlagWithoutEffectDoesNotSwallowTheNextOne() {
        assertThat(run("--placement-host-address", "--dapr-http-port", "1234")
                        .settings()
                        .api()
                        .httpPort())
                .isEqualTo(1234);
    }

    @Test
    void theLineOfDaprsInjectorStarts() {
        Invocation.Run run = run(("--dapr-http-port 3500 --dapr-grpc-port 50001 --dapr-internal-grpc-port 50002"
                        + " --dapr-listen-addresses [::1],127.0.0.1 --dapr-public-port 3501 --app-protocol http"
                        + " --log-level info --dapr-graceful-shutdown-seconds -1 --mode kubernetes"
                        + " --control-plane-address dapr-api.dapr-system.svc.cluster.local:443"
                        + " --sentry-address dapr-sentry.dapr-system.svc.cluster.local:443 --app-port 8080"
                        + " --enable-metrics --metrics-port 9090 --config daprsystem"
                        + " --placement-host-address dapr-placement-server.dapr-system.svc.cluster.local:50005"
                        + " --sentry-request-jwt-audiences dapr --disable-builtin-k8s-secret-store"
                        + " --app-health-threshold 3 --log-as-json --enable-mtls --app-max-concurrency -1"
                        + " --dapr-http-max-request-size -1 --dapr-http-read-buffer-size -1"
                        + " --actors-disseminate-timeout 10s --scheduler-host-address scheduler:50006"
                        + " --hot-reload-reconcile-interval 60s")
                .split(" "));

        assertThat(run.settings().shutdown().grace()).hasSeconds(5);
        assertThat(run.warnings())
                .anyMatch(line -> line.startsWith("--mode: has no effect: components and settings come from files"))
                .anyMatch(line -> line.startsWith("--config: \"daprsystem\" has no effect: there is no such file"));
    }

    @Test
    void aConfigThatIsAPathMustBeThere() {
        for (String path : List.of("./daprsystem", "config.yaml", "/no/such/config", "config.yml")) {
            assertThat(problems("--config", path))
                    .as(path)
                    .singleElement()
                    .asString()
                    .contains("no such file");
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "-2147483648"})
    void whatIsNotAboveZeroIsTheDefaultAsWithDaprd(String number) {
        AppChannel app = Objects.requireNonNull(run(
                        "--app-port=1",
                        "--enable-app-health-check",
                        "--app-health-probe-interval",
                        number,
                        "--app-health-probe-timeout",
                        number,
                        "--app-health-threshold",
                        number,
                        "--app-max-concurrency",
                        number,
                        "--app-binding-options-timeout",
                        number + "s")
                .settings()
                .channel());

        assertThat(app.health())
                .isEqualTo(new Settings.AppHealth("/healthz", Duration.ofSeconds(5), Duration.ofMillis(500), 3));
        assertThat(app.bindingOptionsTimeout()).hasSeconds(3);
        assertThat(app.maxConcurrency()).isEqualTo(-1);
    }

    @Test
    void aBlockOfTheShutdownBelowZeroIsNone() {
        assertThat(run("--dapr-block-shutdown-duration", "-1s")
                        .settings()
                        .shutdown()
                        .block())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"http, HTTPS", "https, HTTPS", "grpc, GRPCS", "grpcs, GRPCS", "HTTP, HTTPS"})
    void appSslMeansTls(String protocol, Protocol expected) {
        Invocation.Run run = run("--app-port=1", "--app-ssl", "--app-protocol", protocol);

        assertThat(Objects.requireNonNull(run.settings().channel()).protocol()).isEqualTo(expected);
        assertThat(run.warnings()).isEmpty();
        assertThat(Objects.requireNonNull(run("--app-port=1", "--app-ssl=false")
                                .settings()
                                .channel())
                        .protocol())
                .isEqualTo(Protocol.HTTP);
    }

    @Test
    void appSslWithAProtocolThatHasNoneIsToldAsAWarning() {
        Invocation.Run run = run("--app-port=1", "--app-ssl", "--app-protocol=h2c");

        assertThat(Objects.requireNonNull(run.settings().channel()).protocol()).isEqualTo(Protocol.H2C);
        assertThat(run.warnings()).containsExactly("--app-ssl: has no effect: --app-protocol h2c has no TLS");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--mode=kubernetes | --mode: ",
                "--mode=bogus | --mode: ",
                "--mode=standalone | ",
                "--enable-profiling | --enable-profiling: ",
                "--enable-profiling=false | ",
                "--disable-init-endpoints=config,subscribe | --disable-init-endpoints: ",
                "--disable-init-endpoints=subscribe | ",
                "--metrics-listen-address=0.0.0.0 | --metrics-listen-address: ",
                "--metrics-listen-address=127.0.0.1 | ",
                "--sentry-address=x | "
            })
    void whatTheLineLosesIsAWarningAndTheRestIsNot(String arg, String warning) {
        Invocation.Run run = run(arg);

        if (warning == null) {
            assertThat(run.warnings()).isEmpty();
            assertThat(run.ignored()).hasSize(1);
        } else {
            assertThat(run.warnings())
                    .singleElement()
                    .asString()
                    .startsWith(warning)
                    .contains("has no effect");
            assertThat(run.ignored()).isEmpty();
        }
    }

    @Test
    void argumentsThatBelongToNoFlagAreWarnings() {
        assertThat(run("stray", "--log-as-json", "on\nly", "--", "--what=1", "end")
                        .warnings())
                .extracting(line -> line.substring(0, line.indexOf(':')))
                .containsExactly("stray", "on?ly", "--what=1", "end");
    }

    @Test
    void versionAndBuildInfoAreAnswered() {
        assertThat(SettingsReader.read(List.of("--build-info"), Map.of()))
                .isInstanceOfSatisfying(Invocation.Print.class, print -> assertThat(print.text())
                        .startsWith("Version: "));
        assertThat(SettingsReader.read(List.of("--version=false", "--app-id=x"), Map.of()))
                .isInstanceOf(Invocation.Run.class);
    }

    @Test
    void waitingNeedsThePortOnly() {
        assertThat(SettingsReader.read(List.of("--wait"), Map.of())).isEqualTo(new Invocation.Await(3500));
        assertThat(SettingsReader.read(List.of("--wait", "--dapr-http-port=1"), Map.of()))
                .isEqualTo(new Invocation.Await(1));
        assertThat(SettingsReader.read(List.of("--wait", "--dapr-http-port=x"), Map.of()))
                .isInstanceOf(Invocation.Invalid.class);
    }

    @Test
    void theCommandCheckTakesAllFlags() {
        List<String> flags = List.of("--app-id=x");
        for (List<String> args : List.of(with("check", flags), with("--dry-run", flags))) {
            assertThat(SettingsReader.read(args, Map.of())).isInstanceOfSatisfying(Invocation.Check.class, check -> {
                assertThat(check.run().warnings()).isEmpty();
                assertThat(check.flags())
                        .contains(new Invocation.FlagText("--app-id", "x", "--app-id"))
                        .contains(new Invocation.FlagText("--metrics-port", "9090", "default"));
            });
        }
        assertThat(SettingsReader.read(List.of("check", "--what"), Map.of())).isInstanceOf(Invocation.Invalid.class);
        assertThat(problems("chek", "--app-id=x")).anyMatch(problem -> problem.contains("did you mean check?"));
    }

    private static List<String> with(String first, List<String> rest) {
        var all = new ArrayList<>(List.of(first));
        all.addAll(rest);
        return all;
    }

    private static Invocation.Run run(String... args) {
        var all = new ArrayList<>(Arrays.asList(args));
        all.add(args.length > 0 && !args[0].startsWith("-") ? 1 : 0, "--app-id=x");
        return (Invocation.Run) SettingsReader.read(all, Map.of());
    }

    private static List<String> problems(String... args) {
        var all = new ArrayList<>(Arrays.asList(args));
        if (!all.contains("--app-id=x")) {
            all.add("--app-id=x");
        }
        return ((Invocation.Invalid) SettingsReader.read(all, Map.of())).problems();
    }
}
