package io.sluice.http.invoke;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeadlinesTest {
    private final Deadlines<String> deadlines = new Deadlines<>(100);

    @Test
    void anEntryIsTakenOutOnce() {
        long id = deadlines.add("a", 0);

        assertThat(deadlines.remove(id)).isEqualTo("a");
        assertThat(deadlines.remove(id)).isNull();
        assertThat(deadlines.size()).isZero();
    }

    @Test
    void whatIsOverItsTimeComesOutEldestFirst() {
        deadlines.add("a", 0);
        long removed = deadlines.add("b", 10);
        deadlines.add("c", 20);
        deadlines.add("d", 60);
        deadlines.remove(removed);

        assertThat(deadlines.expired(99)).isEmpty();
        assertThat(deadlines.expired(150)).containsExactly("a", "c");
        assertThat(deadlines.expired(160)).containsExactly("d");
        assertThat(deadlines.size()).isZero();
    }

    @Test
    void anExpiredEntryCannotBeTakenOut() {
        long id = deadlines.add("a", 0);
        deadlines.expired(100);

        assertThat(deadlines.remove(id)).isNull();
    }

    @Test
    void aClockThatPassesItsLargestValueDoesNoHarm() {
        deadlines.add("a", Long.MAX_VALUE - 50);

        assertThat(deadlines.expired(Long.MAX_VALUE)).isEmpty();
        assertThat(deadlines.expired(Long.MIN_VALUE + 60)).containsExactly("a");
    }

    @Test
    void theEldestThatIsStillThereIsDueNext() {
        long eldest = deadlines.add("a", 0);
        deadlines.add("b", 30);

        assertThat(deadlines.nanosUntilDue(60)).isEqualTo(40);
        assertThat(deadlines.nanosUntilDue(120)).isEqualTo(-20);
        deadlines.remove(eldest);
        assertThat(deadlines.nanosUntilDue(120)).isEqualTo(10);
    }

    @Test
    void drainingTakesEverything() {
        deadlines.add("a", 0);
        deadlines.add("b", 0);

        assertThat(deadlines.drain()).containsExactly("a", "b");
        assertThat(deadlines.size()).isZero();
    }
}
