package io.sluice.kafka.consume;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something that keeps a topic's records from being settled: told when it begins, once a minute as long as it lasts, and when it
 * is over. One that comes and goes is told a few times a minute. Health has it all the time.
 */
final class Trouble {
    private static final Logger log = LoggerFactory.getLogger(Trouble.class);
    private static final long TOLD_EVERY = 60_000;
    /** Beginnings that are told within a minute. */
    private static final int MOST_TOLD = 3;

    private final Input input;
    private final String topic;
    private final String problem;
    private final String begins;
    private final String ends;

    private boolean lasts;
    /** Whether the log has it that it lasts. */
    private boolean told;

    private long toldAt = Long.MIN_VALUE / 2;
    private long minuteSince = Long.MIN_VALUE / 2;
    private int toldInMinute;

    /**
     * @param problem its name in {@link InputHealth}
     * @param begins what a log says of it
     * @param ends what a log says when it is over
     */
    Trouble(Input input, String topic, String problem, String begins, String ends) {
        this.input = input;
        this.topic = topic;
        this.problem = problem;
        this.begins = begins;
        this.ends = ends;
    }

    /**
     * It is there.
     *
     * @param why in words an operator can act on
     * @param now milliseconds since the epoch
     */
    void lasts(String why, long now) {
        input.health().knownProblem(problem, why);
        if (told ? now - toldAt >= TOLD_EVERY : mayBeTold(now)) {
            tell(why, now);
        }
        lasts = true;
    }

    private boolean mayBeTold(long now) {
        if (now - minuteSince >= TOLD_EVERY) {
            minuteSince = now;
            toldInMinute = 0;
        }
        return toldInMinute < MOST_TOLD;
    }

    private void tell(String why, long now) {
        toldInMinute++;
        told = true;
        toldAt = now;
        log.atWarn()
                .addKeyValue("binding", input.name())
                .addKeyValue("topic", topic)
                .addKeyValue("reason", why)
                .log(begins);
    }

    /** Whoever looked for it does so no longer: nothing is told in the log. */
    void forget() {
        if (lasts) {
            end();
        }
    }

    /** It is not there, or no more. */
    void isOver() {
        if (!lasts) {
            return;
        }
        if (told) {
            log.atInfo()
                    .addKeyValue("binding", input.name())
                    .addKeyValue("topic", topic)
                    .log(ends);
        }
        end();
    }

    private void end() {
        lasts = false;
        told = false;
        input.health().solved(problem);
    }
}
