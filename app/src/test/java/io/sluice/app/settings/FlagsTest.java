package io.sluice.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every flag, from every source. */
class FlagsTest {
    private static final List<String> BASE =
            List.of("--app-id=base", "--app-port=8080", "--enable-app-health-check", "--cluster=false");

    @Test
    void everyFlagHasARightAndAWrongValueHere() {
        assertThat(Stream.of(FlagCases.values()).map(Enum::name))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Flag.values()).map(Enum::name).toList());
    }

    @ParameterizedTest
    @MethodSource("withRightValue")
    void aRightValueOnTheCommandLineTakesEffect(FlagCases flag) {
        for (String[] spelling : spellings(flag.flag().key(), flag.right())) {
            assertThat(flag.effect(settings(Map.of(), spelling)))
                    .as(String.join(" ", spelling))
                    .isEqualTo(flag.expected());
        }
    }

    @ParameterizedTest
    @MethodSource("withRightValue")
    void aRightValueInTheEnvironmentTakesEffect(FlagCases flag) {
        var withoutFlag = BASE.stream()
                .filter(arg -> !arg.startsWith(flag.flag().option()))
                .toList();
        var run = (Invocation.Run)
                SettingsReader.read(withoutFlag, Map.of(flag.flag().variables().get(0), flag.right()));
        assertThat(flag.effect(run.settings())).isEqualTo(flag.expected());
    }

    @ParameterizedTest
    @EnumSource(FlagCases.class)
    void aWrongValueIsAProblemThatNamesTheFlag(FlagCases flag) {
        if (flag.wrong() != null) {
            assertThat(problems(Map.of(), "--cluster", flag.flag().option() + "=" + flag.wrong()))
                    .singleElement()
                    .asString()
                    .startsWith(
                            flag == FlagCases.CONFIG
                                    ? flag.wrong() + ": "
                                    : flag.flag().option() + ": ");
        }
    }

    @ParameterizedTest
    @EnumSource(FlagCases.class)
    void aWrongValueInTheEnvironmentIsAProblemThatNamesTheVariable(FlagCases flag) {
        if (flag.wrong() != null && flag != FlagCases.CONFIG) {
            String variable = flag.flag().variables().get(0);
            var withoutFlag = Stream.of("--app-id=base", "--app-port=8080", "--cluster")
                    .filter(arg -> !arg.startsWith(flag.flag().option()))
                    .toList();
            var invalid = (Invocation.Invalid) SettingsReader.read(withoutFlag, Map.of(variable, flag.wrong()));
            assertThat(invalid.problems()).singleElement().asString().startsWith(variable + ": ");
        }
    }

    @Test
    void theDefaultsAreDaprsBesideTheLoopbackAddress() {
        Settings settings = Settings.of(Map.of(), "--app-id", "orders");
        assertThat(settings.api())
                .isEqualTo(new Settings.Api(
                        List.of("127.0.0.1"), 3500, 50001, null, null, 4 << 20, 16 << 10, List.of(), false));
        assertThat(settings.entrance().access().authenticates()).isFalse();
        assertThat(settings.entrance().tls()).isNull();
        assertThat(settings.metrics()).isEqualTo(new Settings.Metrics(true, 9090));
        assertThat(settings.channel()).isNull();
        assertThat(settings.shutdown().grace()).hasSeconds(5);
    }

    @Test
    void aFileWithoutTheClusterItIsForIsAProblem() {
        assertThat(problems(Map.of(), "--cluster-config=pom.xml"))
                .containsExactly("--cluster-config: has no effect without --cluster");
    }

    @Test
    void twoListenersOnOnePortAreAProblem() {
        assertThat(problems(Map.of(), "--dapr-http-port=8080", "--metrics-port=50001"))
                .containsExactly(
                        "--dapr-http-port: port 8080 is also that of --app-port",
                        "--metrics-port: port 50001 is also that of --dapr-grpc-port");
    }

    @Test
    void portsThatSocketsStandInForAreFree() {
        Settings settings =
                settings(Map.of(), "--dapr-http-port=8080", "--metrics-port=50001", "--unix-domain-socket=.");

        assertThat(settings.metrics().port()).isEqualTo(50_001);
    }

    @Test
    void theQuantityWinsOverTheOldNameAndNoSizeMeansWhatItMeansInDaprd() {
        assertThat(settings(Map.of(), "--dapr-http-max-request-size=2", "--max-body-size=1Mi")
                        .api()
                        .maxBodySize())
                .isEqualTo(1 << 20);
        assertThat(settings(Map.of(), "--dapr-http-max-request-size=-1").api().maxBodySize())
                .isEqualTo(4 << 20);
        assertThat(settings(Map.of(), "--max-body-size=-1").api().maxBodySize()).isEqualTo(4 << 20);
        assertThat(settings(Map.of(), "--dapr-http-max-request-size=0").api().maxBodySize())
                .isZero();
        assertThat(settings(Map.of(), "--max-body-size=-2").api().maxBodySize()).isZero();
    }

    @Test
    void oneSizeCountsForTheHeadsOfBothSidesAndEachHasItsOwnDefault() {
        Settings usual = settings(Map.of());
        assertThat(usual.api().maxHeadSize()).isEqualTo(16 << 10);
        assertThat(Objects.requireNonNull(usual.channel()).maxHeadSize()).isEqualTo(64 << 10);
        Settings given = settings(Map.of(), "--read-buffer-size=100Ki", "--dapr-http-read-buffer-size=4");
        assertThat(given.api().maxHeadSize()).isEqualTo(100 << 10);
        assertThat(Objects.requireNonNull(given.channel()).maxHeadSize()).isEqualTo(100 << 10);
        assertThat(settings(Map.of(), "--read-buffer-size=-1").api().maxHeadSize())
                .isEqualTo(16 << 10);
        assertThat(settings(Map.of(), "--read-buffer-size=0").api().maxHeadSize())
                .isEqualTo(1 << 20);
    }

    static Stream<FlagCases> withRightValue() {
        return Stream.of(FlagCases.values()).filter(flag -> flag.right() != null);
    }

    private static List<String[]> spellings(String key, String value) {
        return List.of(
                new String[] {"--" + key, value},
                new String[] {"--" + key + "=" + value},
                new String[] {"-" + key, value},
                new String[] {"-" + key + "=" + value});
    }

    private static Settings settings(Map<String, String> environment, String... args) {
        return Settings.of(environment, withBase(args).toArray(String[]::new));
    }

    private static List<String> problems(Map<String, String> environment, String... args) {
        return ((Invocation.Invalid) SettingsReader.read(withBase(args), environment)).problems();
    }

    private static List<String> withBase(String... args) {
        var all = new ArrayList<>(BASE);
        all.addAll(List.of(args));
        return all;
    }
}
