package io.sluice.core.component.field;

import io.sluice.core.component.field.Field.Origin;
import io.sluice.core.component.field.Field.Traits;
import io.sluice.core.component.field.Field.Use;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Declares a {@link Field}; {@link #means} ends the declaration. */
public final class FieldBuilder<T> {
    private final String name;
    private final FieldType<T> type;
    private final Origin origin;
    private List<String> aliases = List.of();
    private Use use = Use.BOTH;
    private @Nullable String defaultText;
    private String defaultNote = "";
    private String effectComesWith = "";
    private String wrong = "invalid value \"%s\"";

    FieldBuilder(String name, FieldType<T> type, Origin origin) {
        this.name = name;
        this.type = type;
        this.origin = origin;
    }

    public FieldBuilder<T> alias(String alias) {
        aliases = List.of(alias);
        return this;
    }

    public FieldBuilder<T> input() {
        use = Use.INPUT;
        return this;
    }

    public FieldBuilder<T> output() {
        use = Use.OUTPUT;
        return this;
    }

    public FieldBuilder<T> defaultsTo(String text) {
        defaultText = text;
        return this;
    }

    /** A default that depends on other fields, in words. */
    public FieldBuilder<T> defaultNote(String note) {
        defaultNote = note;
        return this;
    }

    /** The field is read and validated only, until {@code feature} is there. */
    public FieldBuilder<T> effectComesWith(String feature) {
        effectComesWith = feature;
        return this;
    }

    /** The message about a wrong value, {@code %s} being the value; what is allowed is added to it. */
    public FieldBuilder<T> wrong(String message) {
        wrong = message;
        return this;
    }

    /** The field with its one line of explanation. */
    public Field<T> means(String meaning) {
        return new Field<>(
                name,
                type,
                defaultText,
                new Traits(aliases, origin, use, effectComesWith, defaultNote, wrong, meaning));
    }
}
