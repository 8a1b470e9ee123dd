package io.sluice.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.app.settings.Invocation;
import io.sluice.app.settings.SettingsReader;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages name is there. */
class PagesTest {
    private static final Pattern FLAG = Pattern.compile("(?<![\\w-])--([a-z][a-z0-9-]+)");
    /** Flags of {@code ./run}, and the one that stands for any. */
    private static final Set<String> OTHERS = Set.of("brokers", "flag");

    static Stream<Page> pages() {
        return Page.all();
    }

    /** The pages for users. Those about measuring name flags of the benchmark. */
    static Stream<Page> guides() {
        return Page.all().filter(page -> page.toString().matches("README\\.md|docs/[^/]+|examples/.+"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsSomewhere(Page page) {
        assertThat(page.links())
                .allSatisfy(
                        link -> assertThat(page.leadsSomewhere(link)).as(link).isTrue());
    }

    @ParameterizedTest
    @MethodSource("guides")
    void everyFlagIsOneOfTheGateway(Page page) {
        assertThat(FLAG.matcher(page.text())
                        .results()
                        .map(flag -> flag.group(1))
                        .distinct())
                .filteredOn(flag -> !OTHERS.contains(flag))
                .allSatisfy(flag -> assertThat(isKnown(flag)).as(flag).isTrue());
    }

    @Test
    void aFlagThatIsNotThereIsFound() {
        assertThat(isKnown("app-port")).isTrue();
        assertThat(isKnown("app-prt")).isFalse();
    }

    private static boolean isKnown(String flag) {
        Invocation invocation = SettingsReader.read(List.of("--app-id=x", "--" + flag), Map.of());
        return !(invocation instanceof Invocation.Invalid invalid)
                || invalid.problems().stream().noneMatch(problem -> problem.contains("unknown flag"));
    }
}
