package io.sluice.core.binding;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/** A Kafka version in the two forms that Dapr accepts: {@code a.b.c} from 1.0.0, {@code 0.a.b.c} before. */
public record KafkaVersion(int major, int minor, int patch, int build) implements Comparable<KafkaVersion> {
    private static final Pattern SINCE_1 = Pattern.compile("([1-9]\\d{0,3})\\.(\\d{1,4})\\.(\\d{1,4})");
    private static final Pattern BEFORE_1 = Pattern.compile("0\\.(\\d{1,4})\\.(\\d{1,4})\\.(\\d{1,4})");
    private static final Comparator<KafkaVersion> ORDER = Comparator.comparingInt(KafkaVersion::major)
            .thenComparingInt(KafkaVersion::minor)
            .thenComparingInt(KafkaVersion::patch)
            .thenComparingInt(KafkaVersion::build);
    private static final KafkaVersion FIRST_WITH_HEADERS = new KafkaVersion(0, 11, 0, 0);

    /** The version that {@code text} spells, empty when it is in neither form. */
    public static Optional<KafkaVersion> parse(String text) {
        var since1 = SINCE_1.matcher(text);
        if (since1.matches()) {
            return Optional.of(new KafkaVersion(number(since1, 1), number(since1, 2), number(since1, 3), 0));
        }
        var before1 = BEFORE_1.matcher(text);
        return before1.matches()
                ? Optional.of(new KafkaVersion(0, number(before1, 1), number(before1, 2), number(before1, 3)))
                : Optional.empty();
    }

    private static int number(java.util.regex.Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    /** Record headers came with Kafka 0.11. */
    public boolean hasRecordHeaders() {
        return compareTo(FIRST_WITH_HEADERS) >= 0;
    }

    @Override
    public int compareTo(KafkaVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major > 0 ? major + "." + minor + "." + patch : "0." + minor + "." + patch + "." + build;
    }
}
