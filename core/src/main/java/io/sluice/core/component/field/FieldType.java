package io.sluice.core.component.field;

import java.util.Optional;
import java.util.function.Function;

/**
 * How the text of a field becomes a value.
 *
 * @param label the type's name in the reference table
 * @param allowed what a wrong value is told, beginning with {@code must be}
 * @param secret whether values must never be shown
 * @param parser the value of a text that is not blank, empty when the text is wrong
 */
public record FieldType<T>(String label, String allowed, boolean secret, Function<String, Optional<T>> parser) {

    public Optional<T> parse(String text) {
        return parser.apply(text);
    }
}
