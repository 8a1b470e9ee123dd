package io.sluice.kafka.consume;

import io.sluice.kafka.consume.poll.Assignment;
import io.sluice.kafka.consume.poll.Jump;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the partitions of a topic went on elsewhere. Nobody can mend what is gone, so one that lost something is in the health for
 * a while only, for those who look now and then. Belongs to the verticle's context.
 */
final class Jumps {
    /** Milliseconds. */
    static final long SHOWN_FOR = 60_000;

    private final InputHealth health;
    private final Map<Assignment, Seen> last = new HashMap<>();

    /** @param time milliseconds since the epoch */
    record Seen(Jump jump, long time) {}

    Jumps(InputHealth health) {
        this.health = health;
    }

    void add(Jump jump, long now) {
        last.put(jump.assignment(), new Seen(jump, now));
        if (jump.isLoss()) {
            health.knownProblem(
                    problem(jump.assignment()),
                    jump.assignment() + " went on at offset " + jump.to() + " instead of " + jump.from() + ", with "
                            + jump.gone() + " offsets gone: " + jump.cause().text());
        }
    }

    void look(long now) {
        last.forEach((assignment, seen) -> {
            if (now - seen.time() >= SHOWN_FOR) {
                health.solved(problem(assignment));
            }
        });
    }

    /** The partition is with another member. */
    void forget(Assignment assignment) {
        if (last.remove(assignment) != null) {
            health.solved(problem(assignment));
        }
    }

    /** The last one of the assignment, null when there was none. */
    @Nullable
    Seen last(Assignment assignment) {
        return last.get(assignment);
    }

    private static String problem(Assignment assignment) {
        return "offsets of " + assignment;
    }
}
