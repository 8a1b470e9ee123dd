package io.sluice.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartedTest {
    private final Started started = new Started();
    private final List<String> stopped = new ArrayList<>();

    @Test
    void partsStopInReverseOrder() {
        List.of("bus", "producers", "http").forEach(part -> started.add(part, () -> stop(part)));
        assertThat(started.stop(Duration.ofSeconds(5)).join()).isEmpty();
        assertThat(stopped).containsExactly("http", "producers", "bus");
    }

    @Test
    void aPartStopsOnlyWhenTheOneBeforeItIsDone() {
        Promise<Void> draining = Promise.promise();
        started.add("producers", () -> stop("producers"));
        started.add("http", draining::future);
        var result = started.stop(Duration.ofSeconds(30));
        assertThat(stopped).isEmpty();
        draining.complete();
        assertThat(result.join()).isEmpty();
        assertThat(stopped).containsExactly("producers");
    }

    @Test
    void aPartThatHangsOrFailsIsNamedAndKeepsNoOtherFromStopping() {
        started.add("bus", () -> stop("bus"));
        started.add("producers", () -> Future.failedFuture("no"));
        started.add("http", () -> Promise.<Void>promise().future());
        assertThat(started.stop(Duration.ofMillis(50)).join()).containsExactly("http", "producers");
        assertThat(stopped).containsExactly("bus");
    }

    @Test
    void nearlyAllTheTimeIsForThePartThatAsksHowLongItMayTake() {
        List<Duration> limits = new ArrayList<>();
        List.of("bus", "page", "producers", "http").forEach(part -> started.add(part, () -> stop(part)));
        started.addTimed("consumers", limit -> {
            limits.add(limit);
            return Future.succeededFuture();
        });
        assertThat(started.stop(Duration.ofSeconds(10)).join()).isEmpty();
        assertThat(limits).singleElement().satisfies(limit -> assertThat(limit)
                .isBetween(Duration.ofSeconds(8), Duration.ofSeconds(10)));
    }

    @Test
    void aPartThatComesUpDuringTheStopIsStoppedAtOnce() {
        started.stop(Duration.ofSeconds(5)).join();
        started.add("late", () -> stop("late"));
        assertThat(stopped).containsExactly("late");
    }

    private Future<Void> stop(String part) {
        stopped.add(part);
        return Future.succeededFuture();
    }
}
