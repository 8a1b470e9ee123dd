package io.sluice.kafka.consume.poll;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** What a failed poll says of the record that could not be read. */
final class RecordFailures {
    private RecordFailures() {}

    static boolean isOfRecords(Throwable error) {
        return error.getClass().equals(KafkaException.class)
                || error instanceof SerializationException
                || error instanceof CorruptRecordException;
    }

    /** The only partition that the failure speaks of. */
    static @Nullable Assignment named(Throwable error, Collection<Assignment> running) {
        var said = new StringBuilder();
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            said.append(cause.getMessage()).append('\n');
        }
        List<Assignment> named = running.stream()
                .filter(assignment -> Pattern.compile("(?<![\\w.-])"
                                + Pattern.quote(assignment.partition().toString()) + "(?!\\d)")
                        .matcher(said)
                        .find())
                .toList();
        return named.size() == 1 ? named.get(0) : null;
    }

    /** As Kafka's client has it. */
    static String reason(Throwable error) {
        Throwable innermost = error;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return innermost.getMessage() == null ? innermost.getClass().getSimpleName() : innermost.getMessage();
    }
}
