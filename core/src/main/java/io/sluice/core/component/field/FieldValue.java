package io.sluice.core.component.field;

/**
 * The text of a field with templates and references resolved.
 *
 * @param confidential whether the text came out of a secret store and must not be shown, whatever field it is for
 */
public record FieldValue(String text, boolean confidential) {
    private static final int MOST_SHOWN = 120;

    /** A text that stands in the component file itself. */
    public static FieldValue plain(String text) {
        return new FieldValue(text, false);
    }

    boolean isBlank() {
        return text.isBlank();
    }

    /** The text for a message: masked or shortened, on one line, without the password of a URL. */
    String shown(boolean secretField) {
        if (confidential || secretField) {
            return "***";
        }
        String url = text.replaceAll("//[^/@]*@", "//***@");
        var line = new StringBuilder();
        url.codePoints().limit(MOST_SHOWN).forEach(c -> {
            if (Character.isISOControl(c)) {
                line.append(String.format("\\u%04x", c));
            } else {
                line.appendCodePoint(c);
            }
        });
        return url.length() > MOST_SHOWN ? line + "…" : line.toString();
    }

    @Override
    public String toString() {
        return "FieldValue[***]";
    }
}
