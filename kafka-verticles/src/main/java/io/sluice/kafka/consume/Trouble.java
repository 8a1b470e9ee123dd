package io.sluice.kafka.consume;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something that keeps a topic's records from being settled: told when it begins, once a minute as long as it lasts, and when it
 * is over. Health has it all the time.
 */
final class Trouble {
    private static final Logger log = LoggerFactory.getLogger(Trouble.class);
    private static final long TOLD_EVERY = 60_000;

    private final Input input;
    private final String topic;
    private final String problem;
    private final String begins;
    private final String ends;
    private boolean lasts;
    private long toldAt;

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
        if (!lasts || now - toldAt >= TOLD_EVERY) {
            toldAt = now;
            log.atWarn()
                    .addKeyValue("binding", input.name())
                    .addKeyValue("topic", topic)
                    .addKeyValue("reason", why)
                    .log(begins);
        }
        lasts = true;
    }

    /** Whoever looked for it does so no longer: nothing is told in the log. */
    void forget() {
        if (lasts) {
            lasts = false;
            input.health().solved(problem);
        }
    }

    /** It is not there, or no more. */
    void isOver() {
        if (lasts) {
            lasts = false;
            log.atInfo()
                    .addKeyValue("binding", input.name())
                    .addKeyValue("topic", topic)
                    .log(ends);
            input.health().solved(problem);
        }
    }
}
