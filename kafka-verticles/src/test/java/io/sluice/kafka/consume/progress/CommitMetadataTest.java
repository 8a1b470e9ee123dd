package io.sluice.kafka.consume.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kafka.consume.progress.Checkpoint.Failed;
import io.sluice.kafka.consume.progress.Checkpoint.Range;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class CommitMetadataTest {

    @Property
    void whatFitsComesBackAsItWas(@ForAll("checkpoints") Checkpoint checkpoint) {
        String text = CommitMetadata.encode(checkpoint, CommitMetadata.MAX_CHARS);

        assertThat(text).hasSizeLessThanOrEqualTo(CommitMetadata.MAX_CHARS);
        assertThat(CommitMetadata.decode(checkpoint.position(), text)).isEqualTo(checkpoint);
    }

    @Property
    void withLittleRoomTheNearestIsKeptAndNothingIsInvented(
            @ForAll("checkpoints") Checkpoint checkpoint, @ForAll @IntRange(max = 120) int maxChars) {
        String text = CommitMetadata.encode(checkpoint, maxChars);

        Checkpoint kept = CommitMetadata.decode(checkpoint.position(), text);
        assertThat(text).hasSizeLessThanOrEqualTo(maxChars);
        assertThat(kept.failed()).isEqualTo(nearest(kept.failed().size(), checkpoint.failed()));
        assertThat(offsets(kept)).isEqualTo(nearest(offsets(kept).size(), offsets(checkpoint)));
    }

    @Property
    void textOfAnyKindIsReadWithoutAnException(@ForAll String text, @ForAll long committed) {
        assertThat(CommitMetadata.decode(committed, text)).isEqualTo(Checkpoint.at(committed));
    }

    @Property
    void aDamagedBodyIsReadWithoutAnException(@ForAll byte[] body, @ForAll("checkpoints") Checkpoint checkpoint) {
        String text = CommitMetadata.encode(checkpoint, CommitMetadata.MAX_CHARS);
        String cutOff = text.substring(0, text.length() / 2);
        String noise = "sluice1:" + Base64.getUrlEncoder().encodeToString(body);

        assertThat(CommitMetadata.decode(checkpoint.position(), cutOff).position())
                .isEqualTo(checkpoint.position());
        assertThat(CommitMetadata.decode(checkpoint.position(), noise).position())
                .isEqualTo(checkpoint.position());
    }

    @Example
    void nothingToTellIsAnEmptyText() {
        assertThat(CommitMetadata.encode(Checkpoint.at(7), CommitMetadata.MAX_CHARS))
                .isEmpty();
    }

    @Example
    void textWrittenForAnotherOffsetTellsNothing() {
        var checkpoint = new Checkpoint(100, List.of(new Range(101, 105)), List.of(new Failed(100, 3, 1_000)));
        String text = CommitMetadata.encode(checkpoint, CommitMetadata.MAX_CHARS);

        assertThat(CommitMetadata.decode(90, text)).isEqualTo(Checkpoint.at(90));
    }

    @Example
    void oneStuckRecordCostsTheSameHoweverManyAreSettledBehindIt() {
        var checkpoint = new Checkpoint(100, List.of(new Range(101, 50_000_000)), List.of());

        assertThat(CommitMetadata.encode(checkpoint, CommitMetadata.MAX_CHARS)).hasSizeLessThan(24);
    }

    @Example
    void oneRunIsToldByItsLengthsThoughBitsWouldFit() {
        var checkpoint = new Checkpoint(100, List.of(new Range(101, 1_100)), List.of());

        assertThat(CommitMetadata.encode(checkpoint, CommitMetadata.MAX_CHARS)).hasSizeLessThan(24);
    }

    @Example
    void everySecondSettledIsToldInOneBitPerRecord() {
        Checkpoint checkpoint = everySecondSettled(20_000);

        String text = CommitMetadata.encode(checkpoint, CommitMetadata.MAX_CHARS);

        assertThat(text).hasSizeBetween(20_000 / 6, CommitMetadata.MAX_CHARS);
        assertThat(CommitMetadata.decode(0, text)).isEqualTo(checkpoint);
    }

    @Example
    void failuresLeaveTwoThirdsOfTheRoomToSettledRecords() {
        var failed = new ArrayList<Failed>();
        for (int offset = 0; offset < 5_000; offset += 2) {
            failed.add(new Failed(offset, 1_000, 1_700_000_000_000L + offset * 1_000L));
        }
        Checkpoint crowded = new Checkpoint(0, everySecondSettled(16_000).settled(), failed);

        String text = CommitMetadata.encode(crowded, CommitMetadata.MAX_CHARS);

        Checkpoint kept = CommitMetadata.decode(0, text);
        assertThat(kept.settled()).isEqualTo(crowded.settled());
        assertThat(kept.failed()).hasSizeGreaterThan(100);
    }

    private static Checkpoint everySecondSettled(int offsets) {
        var ranges = new ArrayList<Range>();
        for (int offset = 1; offset < offsets; offset += 2) {
            ranges.add(new Range(offset, offset + 1));
        }
        return new Checkpoint(0, ranges, List.of());
    }

    private static <T> List<T> nearest(int count, List<T> ascending) {
        return ascending.subList(0, Math.min(count, ascending.size()));
    }

    private static List<Long> offsets(Checkpoint checkpoint) {
        var offsets = new ArrayList<Long>();
        for (Range range : checkpoint.settled()) {
            for (long offset = range.from(); offset < range.to(); offset++) {
                offsets.add(offset);
            }
        }
        return offsets;
    }

    @Provide
    Arbitrary<Checkpoint> checkpoints() {
        Arbitrary<List<Integer>> lengths =
                Arbitraries.integers().between(1, 300).list().ofMaxSize(60);
        Arbitrary<List<Failed>> failures = Combinators.combine(
                        Arbitraries.longs().between(1, 200),
                        Arbitraries.integers().greaterOrEqual(1),
                        Arbitraries.longs().between(0, 4_000_000_000_000L))
                .as(Failed::new)
                .list()
                .ofMaxSize(20);
        return Combinators.combine(Arbitraries.longs().between(0, Long.MAX_VALUE / 2), lengths, failures)
                .as(CommitMetadataTest::checkpoint);
    }

    /** Every other length is that of a settled run; the failures' offsets are distances. */
    private static Checkpoint checkpoint(long position, List<Integer> lengths, List<Failed> distances) {
        var settled = new ArrayList<Range>();
        long offset = position;
        for (int i = 0; i + 1 < lengths.size(); i += 2) {
            long from = offset + lengths.get(i);
            offset = from + lengths.get(i + 1);
            settled.add(new Range(from, offset));
        }
        var failed = new ArrayList<Failed>();
        long last = position - 1;
        for (Failed one : distances) {
            last += one.offset();
            failed.add(new Failed(last, one.attempts(), one.firstFailureAt()));
        }
        return new Checkpoint(position, settled, failed);
    }
}
