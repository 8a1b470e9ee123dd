package io.sluice.kafka.consume;

import io.sluice.kafka.consume.poll.Assignment;
import io.sluice.kafka.consume.poll.Jump;
import io.sluice.kafka.consume.poll.Unreadable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells operators what has happened to the logs of a topic's partitions. */
final class LogTroubles {
    private static final Logger log = LoggerFactory.getLogger(LogTroubles.class);

    private final Input input;
    private final String topic;
    private final Jumps jumps;

    LogTroubles(Input input, String topic) {
        this.input = input;
        this.topic = topic;
        this.jumps = new Jumps(input.health());
    }

    Jumps jumps() {
        return jumps;
    }

    void jumped(Jump jump) {
        input.metrics().jumped();
        jumps.add(jump, input.clock().getAsLong());
        log.atWarn()
                .addKeyValue("binding", input.name())
                .addKeyValue("topic", topic)
                .addKeyValue("partition", jump.assignment().partition().partition())
                .addKeyValue("from", jump.from())
                .addKeyValue("to", jump.to())
                .addKeyValue("gone", jump.gone())
                .addKeyValue("reason", jump.cause().text())
                .log("a partition goes on at another offset");
    }

    /** A partition stands still at a record; the others go on. */
    void unreadable(Assignment assignment) {
        Unreadable record = assignment.unreadable();
        if (record == null) {
            return;
        }
        String at = topic + "/" + assignment.partition().partition();
        input.health()
                .problem(
                        problem(assignment),
                        "the record at " + at + "@" + record.offset()
                                + " cannot be read, so that the partition stands still: "
                                + record.reason()
                                + "; mend the log, or skip the record with POST /v1.0-sluice/bindings/"
                                + input.name() + "/failures/" + at + "/" + record.offset() + "/skip");
    }

    /** The partition is with another member. */
    void gone(Assignment assignment) {
        readable(assignment);
        jumps.forget(assignment);
    }

    /** It goes on. */
    void readable(Assignment assignment) {
        input.health().solved(problem(assignment));
    }

    private static String problem(Assignment assignment) {
        return "records of " + assignment;
    }
}
