package io.sluice.kafka.consume;

import io.sluice.kafka.consume.DeliveryWatch.Watched;
import io.sluice.kafka.consume.progress.PartitionSnapshot.Stage;
import io.sluice.kafka.consume.progress.TriedRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when delivery attempts run for a minute, once when it begins and once when it is over; they are not cut off.
 * Belongs to the verticle's context.
 */
final class LongAttempts {
    private static final Logger log = LoggerFactory.getLogger(LongAttempts.class);
    /** Milliseconds. */
    static final long LONG = 60_000;

    private final Input input;
    private final String topic;
    /** Those that a log has told of. */
    private Set<Running> known = Set.of();

    private long toldAt;
    private boolean told;

    private record Running(TopicPartition partition, long offset, int dispatch) {}

    LongAttempts(Input input, String topic) {
        this.input = input;
        this.topic = topic;
    }

    /** @return how many there are */
    int look(List<Watched> tried, long now) {
        // When each of them began.
        var found = new HashMap<Running, Long>();
        for (Watched watched : tried) {
            TriedRecord record = watched.record();
            if (record.stage() == Stage.DELIVERING && now - record.time() >= LONG) {
                found.put(new Running(watched.partition(), record.offset(), record.dispatch()), record.time());
            }
        }
        boolean news = !known.containsAll(found.keySet());
        if (news && (!told || now - toldAt >= LONG)) {
            tell(found, now);
        } else if (told && found.isEmpty()) {
            told = false;
            known = Set.of();
            log.atInfo()
                    .addKeyValue("binding", input.name())
                    .addKeyValue("topic", topic)
                    .log("no delivery attempt runs for longer than a minute any more");
        }
        return found.size();
    }

    private void tell(Map<Running, Long> running, long now) {
        known = Set.copyOf(running.keySet());
        told = true;
        toldAt = now;
        var eldest =
                running.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow();
        Running attempt = eldest.getKey();
        log.atWarn()
                .addKeyValue("binding", input.name())
                .addKeyValue("topic", topic)
                .addKeyValue("partition", attempt.partition().partition())
                .addKeyValue("offset", attempt.offset())
                .addKeyValue("seconds", (now - eldest.getValue()) / 1_000)
                .addKeyValue("attempts", running.size())
                .log("delivery attempts run for longer than a minute: the app works on them, or hangs;"
                        + " deliveryTimeout sets a limit");
    }
}
