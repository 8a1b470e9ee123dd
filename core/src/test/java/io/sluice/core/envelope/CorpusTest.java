package io.sluice.core.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CorpusTest {
    static List<Corpus.Entry> bodies() {
        return Corpus.entries();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void theVerdictIsTheOneOfTheCorpusAndOfJackson(Corpus.Entry entry) {
        assertThat(InvokeParserFuzzTest.agrees(entry.body())).isEqualTo(entry.accepted());
    }
}
