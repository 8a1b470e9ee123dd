package io.sluice.core.component.kafka;

import static io.sluice.core.component.field.FieldTypes.choice;
import static io.sluice.core.component.field.FieldTypes.listOf;
import static io.sluice.core.component.field.FieldTypes.matching;

import io.sluice.core.binding.Direction;
import io.sluice.core.component.field.Field;
import io.sluice.core.component.field.FieldType;
import io.sluice.core.component.field.Fields;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What a binding is for: which topics, which direction, which path of the app. */
final class BindingFields {
    /** Kafka's own rule ({@code org.apache.kafka.common.internals.Topic}). */
    private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}");

    private static final Pattern PATH = Pattern.compile("[^\\p{Cntrl}]*");

    static final Field<List<String>> TOPICS = Field.seed("topics", listOf("topic names", topic()))
            .input()
            .defaultNote("none")
            .means("Topics to consume.");

    static final Field<String> PUBLISH_TOPIC = Field.seed("publishTopic", topic())
            .output()
            .defaultNote("none; required with `direction: output`")
            .means("The topic to produce to.");

    static final Field<Set<Direction>> DIRECTION = Field.seed("direction", directions())
            .defaultNote("what `topics` and `publishTopic` make possible")
            .means("Whether the binding consumes, produces or both; with `input` the app is not asked first.");

    static final Field<String> ROUTE = Field.dapr(
                    "route", matching("path", "must be a URL path, and a query if need be", PATH))
            .input()
            .defaultNote("the component's name")
            .means("Path of the app that gets the records.");

    static final List<Field<?>> ALL = List.of(TOPICS, PUBLISH_TOPIC, DIRECTION, ROUTE);

    private BindingFields() {}

    static FieldType<String> topic() {
        return matching("topic", "must be 1 to 249 letters, digits, dots, underscores and hyphens", TOPIC);
    }

    private static FieldType<Set<Direction>> directions() {
        FieldType<List<Direction>> list = listOf("\"input\" and \"output\"", choice(Direction.values()));
        return new FieldType<>(
                list.label(), list.allowed(), false, text -> list.parse(text).map(Set::copyOf));
    }

    /** The path without the slashes before it, and its query; {@code name} when there is none. */
    static String route(Fields fields, String name) {
        return fields.valueOr(ROUTE, name).strip().replaceFirst("^/+", "");
    }

    /** Names what a direction lacks, and what it leaves unused. */
    static void check(Fields fields, Set<Direction> direction) {
        boolean input = direction.contains(Direction.INPUT);
        boolean output = direction.contains(Direction.OUTPUT);
        if (output && !fields.has(PUBLISH_TOPIC)) {
            checkMissingTarget(fields, input);
        }
        if (input && !fields.has(TOPICS)) {
            fields.warn(TOPICS, "no topic defined, input bindings will not be started");
        }
        if (output && !input && fields.has(TOPICS)) {
            fields.warn(TOPICS, "is not used: direction is output");
        }
        if (input && !output && fields.has(PUBLISH_TOPIC)) {
            fields.warn(PUBLISH_TOPIC, "is not used: direction is input");
        }
        if (direction.isEmpty() && !fields.has(TOPICS) && !fields.has(PUBLISH_TOPIC)) {
            fields.warn("does nothing: neither topics nor publishTopic is set");
        }
    }

    private static void checkMissingTarget(Fields fields, boolean input) {
        if (input) {
            fields.warn(PUBLISH_TOPIC, "is not set: every call of this binding will be refused");
        } else {
            fields.error(
                    PUBLISH_TOPIC,
                    "missing although direction is output ("
                            + PUBLISH_TOPIC.type().allowed() + ")");
        }
    }
}
