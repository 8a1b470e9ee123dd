package io.sluice.core.component.kafka;

import static io.sluice.core.component.field.FieldTypes.bool;
import static io.sluice.core.component.field.FieldTypes.choice;
import static io.sluice.core.component.field.FieldTypes.duration;
import static io.sluice.core.component.field.FieldTypes.integer;
import static io.sluice.core.component.field.FieldTypes.listOf;
import static io.sluice.core.component.field.FieldTypes.matching;
import static java.util.Map.entry;

import io.sluice.core.binding.DeliverySettings;
import io.sluice.core.binding.DeliverySettings.FailurePolicy;
import io.sluice.core.binding.DeliverySettings.Ordering;
import io.sluice.core.binding.DeliverySettings.Target;
import io.sluice.core.binding.HeaderNames;
import io.sluice.core.component.field.Field;
import io.sluice.core.component.field.FieldType;
import io.sluice.core.component.field.Fields;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How consumed records reach the app, and what happens to refused ones. */
final class DeliveryFields {
    private static final int MAX_IN_FLIGHT_OF_LANES = 64;
    private static final FieldType<String> HEADER =
            matching("header name", "must be the name of a header", Pattern.compile("[\\w!#$%&'*+\\-.^`|~]+"));

    static final Field<Ordering> ORDERING = Field.sluice("ordering", choice(Ordering.values()))
            .input()
            .defaultsTo("partition")
            .means("What stays in order: a partition as with Dapr, the records of one key, or nothing.");

    static final Field<Integer> MAX_IN_FLIGHT = Field.sluice("maxInFlight", integer(1))
            .input()
            .defaultNote("64; 1 with `ordering: partition`")
            .means("Deliveries in flight per partition.");

    static final Field<FailurePolicy> FAILURE_POLICY = Field.sluice(
                    "failurePolicy",
                    choice(
                            entry("skip", FailurePolicy.SKIP),
                            entry("deadLetter", FailurePolicy.DEAD_LETTER),
                            entry("block", FailurePolicy.BLOCK)))
            .input()
            .defaultNote("`deadLetter` if `deadLetterTopic` is set, else `skip`")
            .means("What happens to a record when it is not tried again.");

    static final Field<String> DEAD_LETTER_TOPIC = Field.sluice("deadLetterTopic", BindingFields.topic())
            .input()
            .defaultNote("none")
            .means("Gets refused records with their key, value, headers and `sluice.dlq.*` headers.");

    static final Field<Duration> TIMEOUT = Field.sluice("deliveryTimeout", duration(ChronoUnit.SECONDS, Duration.ZERO))
            .input()
            .defaultsTo("0")
            .means("Longest time of one delivery attempt; 0 is no limit.");

    static final Field<Target> TARGET = Field.sluice("delivery", choice(Target.values()))
            .input()
            .defaultsTo("app")
            .means("Who gets the records. For the app they are consumed only if it has a port (`--app-port`).");

    static final Field<Boolean> ESCAPE_HEADERS = Field.seed("escapeHeaders", bool())
            .input()
            .defaultsTo("false")
            .means("Whether the key and all header values are URL-escaped on delivery.");

    static final Field<Boolean> FAN_OUT = Field.sluice("fanOut", bool())
            .input()
            .defaultsTo("false")
            .means("Whether `to`, `data` and `concurrency` of the app's JSON answer are honoured.");

    static final Field<List<String>> EXCLUDED_HEADERS = Field.sluice(
                    "excludeDeliveryHeaders", listOf("header names", HEADER))
            .input()
            .defaultNote("over HTTP those that say who asks for what; else none")
            .means("Headers of records that are not delivered; set and empty, all are that do not frame a request.");

    static final List<Field<?>> ALL = List.of(
            ORDERING,
            MAX_IN_FLIGHT,
            FAILURE_POLICY,
            DEAD_LETTER_TOPIC,
            TIMEOUT,
            TARGET,
            ESCAPE_HEADERS,
            FAN_OUT,
            EXCLUDED_HEADERS);

    private DeliveryFields() {}

    static DeliverySettings read(Fields fields, List<String> topics) {
        Ordering ordering = fields.value(ORDERING);
        String deadLetterTopic = fields.optional(DEAD_LETTER_TOPIC);
        if (deadLetterTopic != null && topics.contains(deadLetterTopic)) {
            fields.error(
                    DEAD_LETTER_TOPIC,
                    "\"" + deadLetterTopic + "\" is also consumed: its records would go round"
                            + " (must be none of the field topics)");
        }
        return new DeliverySettings(
                ordering,
                maxInFlight(fields, ordering),
                failurePolicy(fields, deadLetterTopic),
                deadLetterTopic,
                fields.value(TIMEOUT),
                fields.value(TARGET),
                fields.value(ESCAPE_HEADERS),
                fields.value(FAN_OUT),
                excludedHeaders(fields));
    }

    private static @Nullable HeaderNames excludedHeaders(Fields fields) {
        if (fields.isBlank(EXCLUDED_HEADERS)) {
            return HeaderNames.NONE;
        }
        List<String> names = fields.optional(EXCLUDED_HEADERS);
        return names == null ? null : HeaderNames.of(names);
    }

    private static int maxInFlight(Fields fields, Ordering ordering) {
        if (ordering != Ordering.PARTITION) {
            return fields.valueOr(MAX_IN_FLIGHT, MAX_IN_FLIGHT_OF_LANES);
        }
        int wanted = fields.valueOr(MAX_IN_FLIGHT, 1);
        if (wanted != 1) {
            fields.error(
                    MAX_IN_FLIGHT,
                    wanted + " contradicts ordering \"partition\", which is one at a time"
                            + " (must be 1, or with ordering \"key\" or \"none\" >= 1)");
        }
        return 1;
    }

    private static FailurePolicy failurePolicy(Fields fields, @Nullable String deadLetterTopic) {
        boolean topicGiven = fields.has(DEAD_LETTER_TOPIC);
        FailurePolicy policy =
                fields.valueOr(FAILURE_POLICY, topicGiven ? FailurePolicy.DEAD_LETTER : FailurePolicy.SKIP);
        if (policy == FailurePolicy.DEAD_LETTER && !topicGiven) {
            fields.error(FAILURE_POLICY, "\"deadLetter\" without a topic (must have the field deadLetterTopic)");
        } else if (policy != FailurePolicy.DEAD_LETTER && deadLetterTopic != null) {
            fields.warn(DEAD_LETTER_TOPIC, "is not used: failurePolicy is not deadLetter");
        }
        return policy;
    }
}
