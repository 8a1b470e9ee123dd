package io.sluice.http.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallLimiterTest {
    private final List<String> let = new ArrayList<>();

    private void enter(CallLimiter.Lane lane, String name, int calls) {
        for (int i = 0; i < calls; i++) {
            lane.enter(() -> let.add(name));
        }
    }

    private long letIn(String name) {
        return let.stream().filter(name::equals).count();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 16, 1024})
    void aLaneThatHasNoneInFindsAPlaceAtOnceHoweverManyWaitElsewhere(int limit) {
        var limiter = new CallLimiter(limit);
        var slow = limiter.lane();
        var quick = limiter.lane();
        enter(slow, "slow", 4_000);
        assertThat(letIn("slow")).isEqualTo(limit - 1);

        for (int i = 1; i <= 100; i++) {
            enter(quick, "quick", 1);
            assertThat(letIn("quick")).isEqualTo(i);
            quick.release();
        }
        assertThat(letIn("slow")).as("the place stays free").isEqualTo(limit - 1);
    }

    @Test
    void aLoneLaneHasAllPlaces() {
        var limiter = new CallLimiter(16);
        enter(limiter.lane(), "alone", 100);

        assertThat(letIn("alone")).isEqualTo(16);
    }

    @Test
    void placesAreThoseThatTheAppTakesAndNoMoreThanTheLimit() {
        var limiter = new CallLimiter(16);
        var slow = limiter.lane();
        limiter.appTakes(4);
        enter(slow, "slow", 100);
        assertThat(letIn("slow")).isEqualTo(4);

        limiter.appTakes(1L << 32);
        assertThat(letIn("slow")).isEqualTo(16);
    }

    @Test
    void callsThatAreInStayWhenTheAppTakesFewer() {
        var limiter = new CallLimiter(16);
        var slow = limiter.lane();
        var quick = limiter.lane();
        enter(slow, "slow", 100);
        limiter.appTakes(8);
        assertThat(limiter.inside()).isEqualTo(15);
        enter(quick, "quick", 1);

        for (int i = 0; i < 7; i++) {
            slow.release();
            assertThat(letIn("quick")).isZero();
        }
        slow.release();

        assertThat(letIn("quick")).isEqualTo(1);
        assertThat(letIn("slow")).isEqualTo(15);
    }

    /** Leaving a part of few would cost more than it brings. */
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 3", "4, 3", "7, 6", "8, 6", "100, 98"})
    void ofFewPlacesNoneAreLeftFree(int limit, int taken) {
        var limiter = new CallLimiter(limit);
        var slow = limiter.lane();
        limiter.lane();
        limiter.lane();
        enter(slow, "slow", 100);

        assertThat(letIn("slow")).isEqualTo(taken);
    }

    @Test
    void placesThatBecomeFreeGoToWhoeverHasTheFewest() {
        var limiter = new CallLimiter(8);
        var first = limiter.lane();
        var second = limiter.lane();
        enter(first, "first", 100);
        enter(second, "second", 100);
        assertThat(letIn("first")).isEqualTo(7);
        assertThat(letIn("second")).isEqualTo(1);

        for (int i = 0; i < 3; i++) {
            first.release();
        }

        assertThat(letIn("second")).isEqualTo(4);
        assertThat(letIn("first")).isEqualTo(7);
        assertThat(limiter.inside()).isEqualTo(8);
    }

    @Test
    void withOnePlaceLanesTakeTurns() {
        var limiter = new CallLimiter(1);
        var first = limiter.lane();
        var second = limiter.lane();
        enter(first, "first", 3);
        enter(second, "second", 3);
        for (int i = 0; i < 5; i++) {
            (let.get(let.size() - 1).equals("first") ? first : second).release();
        }

        assertThat(let).containsExactly("first", "second", "first", "second", "first", "second");
    }

    @Test
    void aLaneThatIsClosedLetsGoWhatWaitsAndLeavesNoPlaceTaken() {
        var limiter = new CallLimiter(4);
        var gone = limiter.lane();
        var stays = limiter.lane();
        enter(gone, "in", 3);
        for (int i = 0; i < 10; i++) {
            gone.enter(() -> {
                let.add("waited");
                gone.release();
            });
        }
        gone.close();
        assertThat(letIn("waited")).isEqualTo(10);

        for (int i = 0; i < 3; i++) {
            gone.release();
        }
        assertThat(limiter.inside()).isZero();
        enter(stays, "stays", 10);
        assertThat(letIn("stays")).isEqualTo(4);
    }

    @Test
    void callsThatEndAtOnceDoNotPileUp() {
        var lane = new CallLimiter(1).lane();
        var ran = new int[1];
        lane.enter(() -> {
            for (int i = 0; i < 100_000; i++) {
                lane.enter(() -> {
                    ran[0]++;
                    lane.release();
                });
            }
        });

        lane.release();

        assertThat(ran[0]).isEqualTo(100_000);
    }
}
