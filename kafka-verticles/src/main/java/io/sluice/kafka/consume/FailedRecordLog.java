package io.sluice.kafka.consume;

import io.sluice.kafka.consume.failure.FailedRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of records of a binding that failed permanently: of each of the first ten of a minute, and of the others how many there
 * were. All are in the failure ledger. Safe for use from any thread.
 */
final class FailedRecordLog {
    private static final Logger log = LoggerFactory.getLogger(FailedRecordLog.class);
    private static final int MOST_LINES = 10;
    private static final long MINUTE = 60_000;

    private final String binding;
    private long minuteSince = Long.MIN_VALUE / 2;
    private int lines;
    private long untold;
    private String lastReason = "";

    FailedRecordLog(String binding) {
        this.binding = binding;
    }

    synchronized void add(FailedRecord failed) {
        look(failed.time());
        if (lines == 0) {
            minuteSince = failed.time();
        }
        if (++lines > MOST_LINES) {
            untold++;
            lastReason = failed.reason();
        } else {
            tell(failed);
        }
    }

    private void tell(FailedRecord failed) {
        log.atWarn()
                .addKeyValue("binding", binding)
                .addKeyValue("topic", failed.coordinates().topic())
                .addKeyValue("partition", failed.coordinates().partition())
                .addKeyValue("offset", failed.coordinates().offset())
                .addKeyValue("attempts", failed.attempts())
                .addKeyValue("status", failed.status())
                .addKeyValue("reason", failed.reason())
                .addKeyValue("outcome", failed.outcome().text())
                .log("a record failed permanently");
    }

    /** To be called now and then: a minute that is over is told of. */
    synchronized void look(long now) {
        if (lines > 0 && now - minuteSince >= MINUTE) {
            close();
        }
    }

    /** Nothing more is to come, or not in this minute. */
    synchronized void close() {
        if (untold > 0) {
            log.atWarn()
                    .addKeyValue("binding", binding)
                    .addKeyValue("more", untold)
                    .addKeyValue("lastReason", lastReason)
                    .log("more records failed permanently in the last minute; the failure ledger has the newest");
        }
        lines = 0;
        untold = 0;
    }
}
