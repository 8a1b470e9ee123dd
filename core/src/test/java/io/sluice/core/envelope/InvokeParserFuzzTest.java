package io.sluice.core.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.message.InvokeRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterProperty;
import org.jspecify.annotations.Nullable;

/** The parser against Jackson on generated bodies; each try is one seed, and a seed makes many bodies. */
class InvokeParserFuzzTest {
    private static final int SEEDS = 1_000;
    private static final boolean DEEP = Boolean.getBoolean("sluice.deep");
    private static final int BODIES_PER_SEED = DEEP ? 1_000 : 60;

    private final List<Corpus.Entry> corpus = Corpus.entries();
    private long inputs;
    private long accepted;
    private @Nullable AssertionError difference;

    @Property(tries = SEEDS, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void itAcceptsWhatJacksonAcceptsAndReadsTheSame(@ForAll("seeds") long seed) {
        var bodies = new EnvelopeGenerator(seed, corpus);
        try {
            for (int i = 0; i < BODIES_PER_SEED; i++, inputs++) {
                accepted += agrees(bodies.next()) ? 1 : 0;
            }
        } catch (AssertionError e) {
            difference = e;
            throw e;
        }
    }

    @AfterProperty
    void enoughBodiesOfBothKindsWereTried() {
        System.out.printf("%,d bodies against Jackson, %,d of them accepted%n", inputs, accepted);
        if (difference != null) {
            // What fails here hides what failed in the property, so it has to be the same.
            throw difference;
        }
        assertThat(inputs).isGreaterThanOrEqualTo(DEEP ? 1_000_000 : 50_000);
        assertThat(accepted).isBetween(inputs / 4, inputs * 3 / 4);
    }

    @Provide
    Arbitrary<Long> seeds() {
        return Arbitraries.longs().withDistribution(RandomDistribution.uniform());
    }

    /** Whether both accept the body; fails when they differ. */
    static boolean agrees(byte[] body) {
        Optional<InvokeRequest> expected = JacksonEnvelope.read(body);
        Optional<InvokeRequest> actual;
        try {
            actual = Optional.of(InvokeParser.parse(body));
        } catch (MalformedEnvelopeException e) {
            actual = Optional.empty();
        }
        if (actual.isPresent() != expected.isPresent() || expected.isPresent() && !same(body, actual, expected)) {
            throw new AssertionError("parsed " + shown(actual) + " where Jackson has " + shown(expected) + " in "
                    + new String(body, StandardCharsets.ISO_8859_1) + " = "
                    + HexFormat.of().formatHex(body));
        }
        return expected.isPresent();
    }

    private static boolean same(byte[] body, Optional<InvokeRequest> actual, Optional<InvokeRequest> expected) {
        InvokeRequest ours = actual.orElseThrow();
        InvokeRequest theirs = expected.orElseThrow();
        // Jackson decodes ill-formed UTF-8 to whatever its bits say; the parser has U+FFFD there.
        boolean sameTexts = !isWellFormed(body)
                || ours.operation().equals(theirs.operation())
                        && List.copyOf(ours.metadata().entrySet())
                                .equals(List.copyOf(theirs.metadata().entrySet()));
        return sameTexts && Arrays.equals(ours.value(), theirs.value());
    }

    private static boolean isWellFormed(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(body))
                            .limit()
                    >= 0;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static String shown(Optional<InvokeRequest> request) {
        return request.map(r -> r.operation() + " " + r.metadata() + " "
                        + (r.value() == null ? "null" : new String(r.value(), StandardCharsets.ISO_8859_1)))
                .orElse("nothing");
    }
}
