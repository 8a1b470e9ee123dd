package io.sluice.it.chaos;

import io.sluice.it.chaos.Call.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every answer that an app gave to the members of one group, in their order. Safe for use from any thread. */
final class Journal {
    /** A commit every second, its way to the broker, and what a busy machine adds to both. */
    private static final Duration UNTOLD = Duration.ofSeconds(3);

    /** How long an app may go on answering a gateway that is no more. */
    private static final Duration TO_NOBODY = Duration.ofMillis(500);

    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final Set<Position> acknowledged = ConcurrentHashMap.newKeySet();

    /** @param at by {@link System#nanoTime} */
    record Answer(Call call, boolean acknowledged, long at) {}

    /**
     * A record that was delivered though it had been acknowledged.
     *
     * @param before the last acknowledgement until then
     */
    record Repeat(Answer before, Answer again) {
        /**
         * Whether a gateway that ended at {@code kill} cannot have told Kafka of the acknowledgement: it had not had it for
         * long, or was no more when the app answered.
         */
        boolean isExplainedBy(long kill) {
            return kill < again.at && kill - before.at < UNTOLD.toNanos() && before.at - kill < TO_NOBODY.toNanos();
        }
    }

    void add(Call call, int status) {
        boolean ok = status / 100 == 2;
        answers.add(new Answer(call, ok, System.nanoTime()));
        if (ok) {
            acknowledged.add(call.position());
        }
    }

    /** The records that were acknowledged at least once. */
    Set<Position> acknowledged() {
        return Set.copyOf(acknowledged);
    }

    int acknowledgedRecords() {
        return acknowledged.size();
    }

    int answersTo(String path) {
        return (int) answers.stream()
                .filter(answer -> answer.call.path().equals(path))
                .count();
    }

    /** The partitions whose records came to that path since a time by {@link System#nanoTime}. */
    Set<Integer> partitions(String path, long since) {
        return answers.stream()
                .filter(answer -> answer.at > since && answer.call.path().equals(path))
                .map(answer -> answer.call.position().partition())
                .collect(Collectors.toSet());
    }

    /** The values of the records that were acknowledged. */
    Set<String> values() {
        return answers.stream()
                .filter(Answer::acknowledged)
                .map(answer -> answer.call.value())
                .collect(Collectors.toSet());
    }

    /** The offsets in the order in which they were acknowledged for the first time, by what is to be in order. */
    <T> Map<T, List<Long>> firstAcknowledged(Function<Call, T> lane) {
        var seen = new HashSet<Position>();
        return answers.stream()
                .filter(answer -> answer.acknowledged && seen.add(answer.call.position()))
                .map(Answer::call)
                .collect(Collectors.groupingBy(
                        lane, Collectors.mapping(call -> call.position().offset(), Collectors.toList())));
    }

    List<Repeat> repeats() {
        var last = new HashMap<Position, Answer>();
        var repeats = new ArrayList<Repeat>();
        for (Answer answer : answers) {
            Answer before = last.get(answer.call.position());
            if (before != null) {
                repeats.add(new Repeat(before, answer));
            }
            if (answer.acknowledged) {
                last.put(answer.call.position(), answer);
            }
        }
        return repeats;
    }

    /** The longest time in which the app heard nothing of some partition that it heard of before and after. */
    Duration longestGap() {
        var last = new HashMap<Integer, Long>();
        var gaps = new ArrayList<Long>();
        for (Answer answer : answers) {
            Long before = last.put(answer.call.position().partition(), answer.at);
            gaps.add(before == null ? 0 : answer.at - before);
        }
        return Duration.ofNanos(gaps.stream().max(Comparator.naturalOrder()).orElse(0L));
    }
}
