package io.sluice.core.component.field;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one component, looked up whatever their case. A wrong value becomes a problem and counts as not set from
 * there on, so that reading goes on and finds the other mistakes. A blank value counts as not set.
 *
 * <p>For one thread.
 */
public final class Fields {
    private final String component;
    private final Map<String, FieldValue> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Set<String> read = new HashSet<>();
    private final Problems problems;

    /**
     * @param component {@code FILE: COMPONENT}, the beginning of every message
     * @param values by name as written; no two names may differ only in case
     */
    public Fields(String component, Map<String, FieldValue> values, Problems problems) {
        this.component = component;
        this.values.putAll(values);
        this.problems = problems;
    }

    public boolean has(Field<?> field) {
        return find(field) != null;
    }

    /** Whether the field is there without a value, for the few where that says something. */
    public boolean isBlank(Field<?> field) {
        FieldValue value = values.get(field.name());
        return value != null && value.known() && value.isBlank();
    }

    /** The field's value, or its default; null when it has none. */
    public <T> @Nullable T optional(Field<T> field) {
        T given = given(field);
        return given != null || field.defaultText() == null ? given : field.parsedDefault();
    }

    /** The value of a field that has a default. */
    public <T> T value(Field<T> field) {
        T given = given(field);
        return given != null ? given : field.parsedDefault();
    }

    /** The value of a field without a default; {@code other} when it is not set. */
    public <T> T valueOr(Field<T> field, T other) {
        T given = given(field);
        return given != null ? given : other;
    }

    /**
     * The value of a field whose wrong values only earn a warning.
     *
     * @param consequence what the warning says comes of it
     * @return null when it is not set, and when it is wrong
     */
    public <T> @Nullable T orWarn(Field<T> field, String consequence) {
        boolean firstTime = read.add(field.name());
        FieldValue value = find(field);
        T parsed = parsed(field, value);
        if (value != null && value.known() && parsed == null && firstTime) {
            warn(field, wrong(field, value) + ", " + consequence);
        }
        return parsed;
    }

    /** The value of a duration for which zero and less mean the default. */
    public Duration positive(Field<Duration> field) {
        Duration value = value(field);
        return value.isNegative() || value.isZero() ? field.parsedDefault() : value;
    }

    /**
     * The value of a field that must be set.
     *
     * @param missing the message when it is not
     * @param standIn what reading goes on with when it is not
     */
    public <T> T require(Field<T> field, String missing, T standIn) {
        T given = given(field);
        if (given == null && !has(field)) {
            error(field, missing + " (" + field.type().allowed() + ")");
        }
        return given != null ? given : standIn;
    }

    public void error(Field<?> field, String what) {
        problems.error(component + "." + nameUsed(field), what);
    }

    public void warn(Field<?> field, String what) {
        problems.warn(component + "." + nameUsed(field), what);
    }

    /** Warns about the component as a whole. */
    public void warn(String what) {
        problems.warn(component, what);
    }

    /** Warns about every field of {@code group} that is set although nothing has asked for it. */
    public void warnUnused(Collection<? extends Field<?>> group, String why) {
        for (Field<?> field : group) {
            if (has(field) && !read.contains(field.name())) {
                warn(field, "is not used: " + why);
            }
        }
    }

    /** Warns about every name that no field of {@code known} has, and about aliases that lose to a field's own name. */
    public void warnOfNames(Collection<? extends Field<?>> known) {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        known.forEach(field -> names.addAll(names(field)));
        for (String name : values.keySet()) {
            if (!names.contains(name)) {
                String hint = NearestName.of(name, names)
                        .map(near -> ", did you mean \"" + near + "\"?")
                        .orElse("");
                problems.warn(component + "." + name, "unknown field" + hint);
            }
        }
        known.forEach(this::warnOfShadowedAliases);
    }

    private void warnOfShadowedAliases(Field<?> field) {
        String used = nameUsed(field);
        for (String alias : field.traits().aliases()) {
            if (values.containsKey(alias) && !alias.equals(used)) {
                problems.warn(component + "." + alias, "is not used: " + used + " is set");
            }
        }
    }

    private <T> @Nullable T given(Field<T> field) {
        boolean firstTime = read.add(field.name());
        FieldValue value = find(field);
        T parsed = parsed(field, value);
        if (value != null && value.known() && parsed == null && firstTime) {
            error(field, wrong(field, value));
        }
        return parsed;
    }

    private static <T> @Nullable T parsed(Field<T> field, @Nullable FieldValue value) {
        return value == null || !value.known()
                ? null
                : field.type().parse(value.text()).orElse(null);
    }

    private static String wrong(Field<?> field, FieldValue value) {
        String shown = value.shown(field.type().secret());
        return field.traits().wrong().formatted(shown) + " (" + field.type().allowed() + ")";
    }

    private @Nullable FieldValue find(Field<?> field) {
        FieldValue value = values.get(nameUsed(field));
        return value == null || value.isBlank() ? null : value;
    }

    /** The first of the field's names that is set, its own name when none is. */
    private String nameUsed(Field<?> field) {
        for (String name : names(field)) {
            FieldValue value = values.get(name);
            if (value != null && !value.isBlank()) {
                return name;
            }
        }
        return field.name();
    }

    private static List<String> names(Field<?> field) {
        var names = new ArrayList<String>();
        names.add(field.name());
        names.addAll(field.traits().aliases());
        return names;
    }
}
