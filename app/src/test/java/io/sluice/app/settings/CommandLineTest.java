package io.sluice.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

    @Test
    void anUnknownFlagNamesTheNearestKnownOne() {
        assertThat(problems("--app-id=x", "--dapr-http-prot", "3500"))
                .containsExactly("--dapr-http-prot: unknown flag (did you mean --dapr-http-port?)");
        assertThat(problems("--app-id=x", "-http-port=1"))
                .containsExactly("--http-port: unknown flag (did you mean --dapr-http-port?)");
    }

    @Test
    void everyProblemIsToldAtOnce() {
        assertThat(problems("--metrics-port", "x", "--log-level=loud", "--what=1"))
                .extracting(problem -> problem.substring(0, problem.indexOf(':')))
                .containsExactlyInAnyOrder("--metrics-port", "--log-level", "--what", "--app-id");
    }

    @Test
    void aFlagWithoutItsValueIsAProblem() {
        assertThat(problems("--app-id")).anyMatch(problem -> problem.contains("--app-id"));
        assertThat(problems("--app-id", "--cluster")).anyMatch(problem -> problem.contains("--app-id"));
    }

    @Test
    void theCommandLineOfDaprdsContainerStartsSluice() {
        Invocation.Run run = run(
                "--app-id",
                "orders",
                "--dapr-listen-addresses=0.0.0.0",
                "--placement-host-address",
                "placement:50006",
                "--scheduler-host-address=scheduler:51005",
                "--enable-mtls",
                "--mode",
                "standalone",
                "--app-channel-address",
                "host.testcontainers.internal",
                "--app-port",
                "8081",
                "--app-protocol",
                "http",
                "--log-level",
                "debug",
                "--components-path",
                "/dapr-resources");
        assertThat(run.settings().resourcePaths()).containsExactly(Path.of("/dapr-resources"));
        assertThat(run.ignored())
                .containsExactlyInAnyOrder(
                        "--placement-host-address", "--scheduler-host-address", "--enable-mtls", "--mode");
    }

    @Test
    void foldersAddUpOverRepetitionAndCommas() {
        assertThat(run("--app-id=x", "--resources-path=a,b", "--components-path", "c")
                        .settings()
                        .resourcePaths())
                .containsExactly(Path.of("a"), Path.of("b"), Path.of("c"));
    }

    @Test
    void ofAFlagThatIsGivenTwiceTheLastOneCounts() {
        assertThat(run("--app-id=x", "--app-id=y").settings().appId()).isEqualTo("y");
    }

    @Test
    void aSwitchTakesNoValueFromTheFlagBehindIt() {
        Settings settings =
                run("--log-as-json", "--app-id=x", "--cluster", "-app-port=1").settings();
        assertThat(settings.log().json()).isTrue();
        assertThat(settings.cluster().enabled()).isTrue();
        assertThat(settings.appId()).isEqualTo("x");
    }

    @Test
    void anAddressThatOthersReachIsWarnedOfUnlessCallersNeedAToken() {
        String flag = "--dapr-listen-addresses=127.0.0.1,0.0.0.0";
        assertThat(run("--app-id=x", flag).warnings())
                .singleElement()
                .asString()
                .contains("0.0.0.0", "DAPR_API_TOKEN");
        var withToken =
                (Invocation.Run) SettingsReader.read(List.of("--app-id=x", flag), Map.of("DAPR_API_TOKEN", "secret"));
        assertThat(withToken.warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DAPR_API_TOKEN", "APP_API_TOKEN"})
    void aTokenThatNoHeaderCanCarryIsAProblemThatDoesNotShowIt(String variable) {
        for (String token : List.of("schlüssel", "a\tb", "a\nb", "a\u0000b")) {
            var invalid = (Invocation.Invalid) SettingsReader.read(List.of("--app-id=x"), Map.of(variable, token));
            assertThat(invalid.problems())
                    .singleElement()
                    .asString()
                    .startsWith(variable + ": ***")
                    .doesNotContain(token);
        }
        assertThat(SettingsReader.read(List.of("--app-id=x"), Map.of(variable, " ein Token~!\"\n")))
                .isInstanceOf(Invocation.Run.class);
    }

    @Test
    void settingsHideWhatIsSecret() {
        var settings = Settings.of(
                Map.of("DAPR_API_TOKEN", "hush1", "APP_API_TOKEN", "hush2", "OTHER", "hush3"),
                "--app-id=x",
                "--app-port=1");
        assertThat(settings.toString()).doesNotContain("hush");
    }

    @Test
    void aProgramThatEmbedsTheGatewayHearsOfItsMistakes() {
        assertThatThrownBy(() -> Settings.of(Map.of(), "--metrics-port=x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--metrics-port")
                .hasMessageContaining("--app-id");
    }

    private static Invocation.Run run(String... args) {
        return (Invocation.Run) SettingsReader.read(List.of(args), Map.of());
    }

    private static List<String> problems(String... args) {
        return ((Invocation.Invalid) SettingsReader.read(List.of(args), Map.of())).problems();
    }
}
