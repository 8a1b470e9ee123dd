package io.sluice.core.component.field;

import java.util.ArrayList;
import java.util.List;

/**
 * Every mistake that is found, in the order of finding; reading goes on after each, so that all are told at once.
 *
 * <p>Errors keep a component from being used, warnings do not. No text may hold a secret. For one thread.
 */
public final class Problems {
    private final List<String> errors = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /**
     * @param where {@code FILE: COMPONENT.FIELD}, or as much of it as is known
     * @param what what is wrong (what is allowed)
     */
    public void error(String where, String what) {
        errors.add(onOneLine(where + ": " + what));
    }

    /**
     * Like {@link #error}, for what does not keep the component from being used.
     *
     * @return the warning
     */
    public String warn(String where, String what) {
        String warning = onOneLine(where + ": " + what);
        warnings.add(warning);
        return warning;
    }

    public boolean hasErrors() {
        return !errors.isEmpty();
    }

    /** Takes over all that {@code other} found. */
    public void add(Problems other) {
        errors.addAll(other.errors);
        warnings.addAll(other.warnings);
    }

    /** Takes over all that {@code other} found, its errors as warnings. */
    public void addAsWarnings(Problems other) {
        warnings.addAll(other.errors);
        warnings.addAll(other.warnings);
    }

    public List<String> errors() {
        return List.copyOf(errors);
    }

    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** Names and values may hold anything; a message is one line all the same. */
    private static String onOneLine(String text) {
        var line = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (Character.isISOControl(c)) {
                line.append("\\u%04x".formatted(c));
            } else {
                line.appendCodePoint(c);
            }
        });
        return line.toString();
    }
}
